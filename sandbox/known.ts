import { isJsonObject } from './json.ts';
import type { Json, JsonObject } from './json.ts';

/**
 * What a request may say: by the names of its fields, `[shape]` for a list of them. A leaf gives the value in the words
 * of the sandbox, or a sentence that refuses it.
 */
export type Shape = Leaf | Fields | readonly [Shape];
export interface Fields {
  readonly [name: string]: Shape;
}
export type Leaf = (value: Json) => { readonly value: Json } | { readonly refused: string };

export interface Understood<Value> {
  readonly value: Value;
  /** What must be refused, each with its name. */
  readonly problems: readonly string[];
}

/** Any value. Also of what has no effect that a client could see, such as labels. */
export const anything: Leaf = (value) => ({ value });

/** True or false, in the words of any client: `true`, `"True"`, `"1"`. */
export const flag: Leaf = (value) => {
  const text = textOf(value).toLowerCase();
  if (['true', '1', 't'].includes(text)) return { value: true };
  if (['false', '0', 'f'].includes(text)) return { value: false };
  return { refused: `must be true or false, got ${said(value)}` };
};

/** A whole number of at least 0. */
export const count: Leaf = (value) =>
  /^\d+$/.test(textOf(value)) ? { value } : { refused: `must be a whole number, got ${said(value)}` };

/** One of these words; what else there is the sandbox cannot do. */
export function only(...words: readonly string[]): Leaf {
  return (value) => {
    const text = textOf(value);
    const word = words.find((one) => one.toLowerCase() === text.toLowerCase());
    return word === undefined
      ? { refused: `can only be ${words.join(' or ')} in the sandbox, got ${said(value)}` }
      : { value: typeof value === 'boolean' ? value : word };
  };
}

/** What a JSON body says. Fields that nobody knows, and those that say something, are refused by their names. */
export function understood(body: JsonObject, shape: Fields): Understood<JsonObject> {
  const problems: string[] = [];
  const value = fieldsIn(body, shape, '', problems);
  return { value, problems };
}

function fieldsIn(of: JsonObject, shape: Fields, at: string, problems: string[]): JsonObject {
  const known = Object.entries(of).flatMap(([name, value]): [string, Json][] => {
    const rule = Object.hasOwn(shape, name) ? shape[name] : undefined;
    if (rule !== undefined) return [[name, valueIn(value, rule, at + name, problems)]];
    if (!saysNothing(value)) problems.push(`The sandbox does not support ${at}${name}.`);
    return [];
  });
  return Object.fromEntries(known);
}

function valueIn(value: Json, rule: Shape, at: string, problems: string[]): Json {
  if (value === null) return null;
  if (typeof rule === 'function') {
    const found = rule(value);
    if ('value' in found) return found.value;
    problems.push(`${at} ${found.refused}.`);
    return null;
  }
  if (isList(rule)) {
    const [item] = rule;
    const list: readonly Json[] = Array.isArray(value) ? value : [value];
    return list.map((one, index) => valueIn(one, item, `${at}[${index}]`, problems));
  }
  if (isJsonObject(value)) return fieldsIn(value, rule, `${at}.`, problems);
  problems.push(`${at} must be an object, got ${said(value)}.`);
  return null;
}

/** `Array.isArray` does not tell lists from objects that are read only. */
function isList(rule: Fields | readonly [Shape]): rule is readonly [Shape] {
  return Array.isArray(rule);
}

/** A client that writes out what it leaves to the service. An object is something, also an empty one. */
function saysNothing(value: Json): boolean {
  if (value === null || value === false || value === '') return true;
  return Array.isArray(value) && value.every(saysNothing);
}

/** Parameters that all of Google's APIs have, and that say nothing of what is asked for. */
const common: Fields = {
  $alt: anything,
  $fields: anything,
  $prettyPrint: anything,
  '$.xgafv': anything,
  access_token: anything,
  alt: anything,
  fields: anything,
  key: anything,
  oauth_token: anything,
  prettyPrint: anything,
  pp: anything,
  quotaUser: anything,
  trace: anything,
  userIp: anything,
  userProject: anything,
  // Node's clients send what was meant for themselves.
  autoPaginate: anything,
  maxApiCalls: anything,
};

/** The parameters of a request's address. Of those that stand there more than once all are kept, as a list. */
export function understoodQuery(query: URLSearchParams, shape: Fields): Understood<JsonObject> {
  const body: Record<string, Json> = {};
  for (const name of new Set(query.keys())) {
    const [first = '', ...more] = query.getAll(name);
    body[name] = more.length === 0 ? first : [first, ...more];
  }
  return understood(body, { ...common, ...shape });
}

/** Headers that would change what a request means. */
const meaningful = /^(if-|x-goog-|x-http-method-override$|content-encoding$)/;
/** Said by clients of themselves, and of their tries. */
const ofClients = new Set([
  'x-goog-api-client',
  'x-goog-api-key',
  'x-goog-user-project',
  'x-goog-fieldmask',
  'x-goog-request-params',
  'x-goog-request-reason',
  'x-goog-gcs-idempotency-token',
]);

/** Headers that the sandbox would have to heed, and does not: with a sentence each. */
export function unheeded(headers: readonly string[], heeded: readonly string[]): readonly string[] {
  return headers
    .map((name) => name.toLowerCase())
    .filter((name) => meaningful.test(name) && !ofClients.has(name) && !heeded.includes(name))
    .map((name) => `The sandbox does not support the header ${name} here.`);
}

/** A simple value as text; empty for all others. */
function textOf(value: Json): string {
  return typeof value === 'object' ? '' : String(value);
}

function said(value: Json): string {
  return JSON.stringify(value).slice(0, 80);
}
