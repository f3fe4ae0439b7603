import type { ErrorObject } from 'ajv';

export type SchemaError = ErrorObject<string, Record<string, unknown>>;

/**
 * Ajv's errors with one answer for each `anyOf`, instead of all that is wrong with all alternatives.
 *
 * When the value is of the type of an alternative (a mapping, say), the author meant that one, and its
 * errors are told; of several such, those of the nearest. Otherwise the `anyOf` itself is the error.
 * Ajv lists the errors of the alternatives right before the `anyOf`, inner ones first.
 */
export function foldAlternatives(errors: readonly SchemaError[]): SchemaError[] {
  const told: SchemaError[] = [];
  for (const error of errors) {
    if (error.keyword === 'anyOf') told.push(...nearest(takeInside(told, error), error));
    else told.push(error);
  }
  return told;
}

/** Removes from the end of the list what the alternatives of an `anyOf` reported. */
function takeInside(told: SchemaError[], anyOf: SchemaError): SchemaError[] {
  let count = 0;
  while (isInside(told.at(-1 - count), anyOf)) count++;
  return told.splice(told.length - count);
}

function isInside(error: SchemaError | undefined, { instancePath, schemaPath }: SchemaError): boolean {
  if (!error?.schemaPath.startsWith(`${schemaPath}/`)) return false;
  return error.instancePath === instancePath || error.instancePath.startsWith(`${instancePath}/`);
}

function nearest(inside: readonly SchemaError[], anyOf: SchemaError): readonly SchemaError[] {
  const alternatives = new Map<string, SchemaError[]>();
  for (const error of inside) {
    const own = error.schemaPath.slice(0, error.schemaPath.indexOf('/', anyOf.schemaPath.length + 1));
    alternatives.set(own, [...(alternatives.get(own) ?? []), error]);
  }
  const meant = [...alternatives].filter(([own, list]) => !list.some((error) => isOfAnotherKind(error, own)));
  const [best] = meant.map(([, list]) => list).sort((a, b) => a.length - b.length);
  return best ?? [anyOf];
}

/** Whether an alternative failed by the value itself, or (having no properties) by the key that marks it. */
function isOfAnotherKind({ schemaPath, parentSchema }: SchemaError, own: string): boolean {
  if (schemaPath === `${own}/value`) return true;
  return schemaPath === `${own}/required` && parentSchema?.['properties'] === undefined;
}
