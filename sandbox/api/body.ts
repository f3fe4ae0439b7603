import type { Json, JsonObject } from '../json.ts';
import type { Kind } from '../kinds.ts';
import type { Store } from '../store.ts';
import { badRequest } from './answers.ts';
import { find } from './find.ts';

/** What a body may say. Fields that are not named here are kept as they come. */
export interface BodyRules {
  readonly required?: readonly string[];
  readonly fields?: Readonly<Record<string, FieldRule>>;
  /** Fields that hold the id of something, which must exist. */
  readonly references?: Readonly<Record<string, Kind>>;
}

/** A type, or the list of the words that are allowed. */
export type FieldRule = 'text' | 'number' | 'boolean' | 'object' | 'list' | readonly string[];

/** Checks the body of a POST: 400 with all problems at once, 404 if it refers to something unknown. */
export function checkBody(body: JsonObject, rules: BodyRules, store: Store): void {
  const missing = (rules.required ?? []).filter((field) => body[field] === undefined || body[field] === '');
  refuse([...missing.map((field) => `"${field}" is required`), ...wrongFields(body, rules)]);
  checkReferences(body, rules, store);
}

/** Checks the body of a PUT, which may name any of the fields, but at least one. */
export function checkChanges(body: JsonObject, rules: BodyRules, store: Store): void {
  const nothing = Object.keys(body).length === 0;
  refuse(nothing ? ['the body must name at least one field to change'] : wrongFields(body, rules));
  checkReferences(body, rules, store);
}

/** The field's text, or nothing if it is absent. Use after a check that it is text. */
export function textOf(body: JsonObject, field: string): string | undefined {
  const value = body[field];
  return typeof value === 'string' ? value : undefined;
}

function refuse(problems: readonly string[]): void {
  if (problems.length > 0) throw badRequest(`${problems.join('; ')}.`);
}

function wrongFields(body: JsonObject, { fields = {} }: BodyRules): string[] {
  return Object.entries(fields).flatMap(([field, rule]) => {
    const value = body[field];
    if (value === undefined || fits(value, rule)) return [];
    const expected = typeof rule === 'string' ? rule : `one of ${rule.join(', ')}`;
    return [`"${field}" must be ${expected}, got ${JSON.stringify(value).slice(0, 80)}`];
  });
}

function fits(value: Json, rule: FieldRule): boolean {
  if (typeof rule !== 'string') return typeof value === 'string' && rule.includes(value);
  if (rule === 'list') return Array.isArray(value);
  if (rule === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  return typeof value === (rule === 'text' ? 'string' : rule);
}

function checkReferences(body: JsonObject, { references = {} }: BodyRules, store: Store): void {
  for (const [field, kind] of Object.entries(references)) {
    const id = body[field];
    if (id !== undefined && id !== null) find(store, kind, typeof id === 'string' ? id : JSON.stringify(id));
  }
}
