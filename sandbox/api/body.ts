import type { Json, JsonObject } from '../json.ts';
import type { Kind } from '../kinds.ts';
import type { Store } from '../store.ts';
import { badRequest } from './answers.ts';
import { find } from './find.ts';

/** What a body may say; a field that is not named here is refused. */
export interface BodyRules {
  readonly required?: readonly string[];
  readonly fields?: Readonly<Record<string, FieldRule>>;
  /** Fields that hold the id of something, which must exist. */
  readonly references?: Readonly<Record<string, Kind>>;
}

/** A type, or the list of the words that are allowed. */
export type FieldRule = 'text' | 'number' | 'boolean' | 'object' | 'list of texts' | readonly string[];

/** The names of all fields that a body with these rules may have. */
export function fieldNames({ fields = {}, references = {} }: BodyRules): readonly string[] {
  return [...Object.keys(fields), ...Object.keys(references)];
}

/** Checks the body of a POST: 400 with all problems at once, 404 if it refers to something unknown. */
export function checkBody(body: JsonObject, rules: BodyRules, store: Store): void {
  const missing = (rules.required ?? []).filter((field) => body[field] === undefined || body[field] === '');
  refuse([...missing.map((field) => `"${field}" is required`), ...wrongFields(body, rules)]);
  checkReferences(body, rules, store);
}

/**
 * What the body of a PUT changes. It may name any of the fields, but at least one; of those that cannot be changed, such
 * as ids, only with the value that is `shown`, so that a thing can be written back as it was read.
 */
export function changesOf(body: JsonObject, rules: BodyRules, store: Store, shown: JsonObject): JsonObject {
  const known = fieldNames(rules);
  const others = Object.keys(body).filter((field) => !known.includes(field));
  const fixed = others.filter((field) => Object.hasOwn(shown, field));
  const unknown = others.filter((field) => !fixed.includes(field));
  const changed = fixed.filter((field) => JSON.stringify(body[field]) !== JSON.stringify(shown[field]));
  refuse([
    ...(Object.keys(body).length === 0 ? ['the body must name at least one field to change'] : []),
    ...unknown.map((field) => `The field "${field}" is unknown here; known: ${known.join(', ')}`),
    ...changed.map((field) => `The field "${field}" cannot be changed`),
    ...wrongFields(body, rules),
  ]);
  checkReferences(body, rules, store);
  return Object.fromEntries(Object.entries(body).filter(([field]) => known.includes(field)));
}

/** The field's text, or nothing if it is absent. Use after a check that it is text. */
export function textOf(body: JsonObject, field: string): string | undefined {
  const value = body[field];
  return typeof value === 'string' ? value : undefined;
}

function refuse(problems: readonly string[]): void {
  if (problems.length > 0) throw badRequest(`${problems.join('; ')}.`);
}

function wrongFields(body: JsonObject, { fields = {}, references = {} }: BodyRules): string[] {
  const ids = Object.keys(references).map((field): [string, FieldRule] => [field, 'text']);
  return [...Object.entries(fields), ...ids].flatMap(([field, rule]) => {
    const value = body[field];
    if (value === undefined || fits(value, rule)) return [];
    const expected = typeof rule === 'string' ? rule : `one of ${rule.join(', ')}`;
    return [`"${field}" must be ${expected}, got ${JSON.stringify(value).slice(0, 80)}`];
  });
}

function fits(value: Json, rule: FieldRule): boolean {
  if (typeof rule !== 'string') return typeof value === 'string' && rule.includes(value);
  if (rule === 'list of texts')
    return Array.isArray(value) && value.every((item) => typeof item === 'string');
  if (rule === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  return typeof value === (rule === 'text' ? 'string' : rule);
}

function checkReferences(body: JsonObject, { references = {} }: BodyRules, store: Store): void {
  for (const [field, kind] of Object.entries(references)) {
    const id = body[field];
    if (typeof id === 'string') find(store, kind, id);
  }
}
