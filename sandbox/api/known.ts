import type { JsonObject } from '../json.ts';
import { badRequest } from './answers.ts';
import type { Route } from './route.ts';

/** Refuses parameters, and fields of the body, that the route would pass over. */
export function refuseUnknown(
  { query = [], fields = [] }: Route,
  asked: Readonly<Record<string, readonly string[]>>,
  body: JsonObject,
): void {
  const problems = [
    ...unknown(Object.keys(asked), query).map((name) => `The parameter "${name}" is unknown here`),
    ...Object.entries(asked).flatMap(([name, { length }]) =>
      length > 1 ? [`The parameter "${name}" is there ${length} times`] : [],
    ),
    ...unknown(Object.keys(body), fields).map((name) => `The field "${name}" is unknown here`),
  ];
  if (problems.length === 0) return;
  const known = [query, fields].flatMap((names) => (typeof names === 'string' ? [] : names));
  throw badRequest(
    `${problems.join('; ')}. ${known.length === 0 ? 'None is known.' : `Known: ${known.join(', ')}.`}`,
  );
}

function unknown(names: readonly string[], known: readonly string[] | string): readonly string[] {
  return typeof known === 'string' ? [] : names.filter((name) => !known.includes(name));
}
