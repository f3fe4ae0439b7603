import type { JsonObject } from '../json.ts';
import { badRequest } from './answers.ts';
import type { Route } from './route.ts';

/** Refuses parameters, and fields of the body, that the route would pass over. What it keeps and shows it knows. */
export function refuseUnknown(
  { query = [], fields }: Route,
  asked: Readonly<Record<string, string>>,
  body: JsonObject,
): void {
  const problems = [
    ...unknown(Object.keys(asked), query).map((name) => `The parameter "${name}" is unknown here`),
    ...unknown(Object.keys(body), fields ?? 'any').map((name) => `The field "${name}" is unknown here`),
  ];
  if (problems.length === 0) return;
  const known = [...(query === 'any' ? [] : query), ...(fields ?? [])];
  throw badRequest(
    `${problems.join('; ')}. ${known.length === 0 ? 'None is known.' : `Known: ${known.join(', ')}.`}`,
  );
}

function unknown(names: readonly string[], known: readonly string[] | 'any'): readonly string[] {
  return known === 'any' ? [] : names.filter((name) => !known.includes(name));
}
