import type { Entity } from '../collection.ts';
import { fieldText } from '../collection.ts';
import { flag } from '../known.ts';
import { badRequest } from './answers.ts';

type Query = Readonly<Record<string, string>>;

export interface Window {
  readonly offset: number;
  readonly size: number;
}

/** Query parameters that choose by the value of a field, and those that choose, if `true`, by a true field. */
export interface Filters {
  readonly equal?: Readonly<Record<string, string>>;
  readonly flags?: Readonly<Record<string, string>>;
}

const sizeNames = ['page_size', 'pageSize', 'size', 'limit'];
const fromNames = ['start', 'start_date', 'start_time'];
const untilNames = ['end', 'end_date', 'end_time'];

/** Parameters that cut a page out of a list. */
export const windowNames: readonly string[] = ['page', 'offset', ...sizeNames];
export const timeRangeNames: readonly string[] = ['timeRange', 'time_range'];

/** Parameters that a list with these filters knows. */
export function listNames({ equal = {}, flags = {} }: Filters): readonly string[] {
  return [...windowNames, ...Object.keys(equal), ...Object.keys(flags), ...fromNames, ...untilNames];
}

/** `page` from 1, or `offset` from 0; `page_size`, `pageSize`, `size` or `limit` from 1 to 100, 20 by default. */
export function windowOf(query: Query): Window {
  const sizeName = firstOf(query, sizeNames);
  const size = sizeName ? wholeNumber(query, sizeName, { from: 1, to: 100 }) : 20;
  if (firstOf(query, ['page', 'offset']) === 'offset')
    return { offset: wholeNumber(query, 'offset', { from: 0 }), size };
  const page = query['page'] === undefined ? 1 : wholeNumber(query, 'page', { from: 1 });
  return { offset: (page - 1) * size, size };
}

/**
 * What an item must be to be listed, or nothing if all are.
 *
 * Every list can also be cut by time of creation, `start` and `end`.
 */
export function filterOf(
  query: Query,
  { equal = {}, flags = {} }: Filters,
  nowEpochMs: number,
): ((entity: Entity) => boolean) | undefined {
  const tests: ((entity: Entity) => boolean)[] = [];
  for (const [name, field] of Object.entries(equal)) {
    const wanted = query[name];
    if (wanted !== undefined) tests.push((entity) => isEqual(entity, field, { wanted, nowEpochMs }));
  }
  for (const [name, field] of Object.entries(flags)) {
    if (truth(query, name)) tests.push((entity) => fieldText(entity, field, nowEpochMs) === 'true');
  }
  tests.push(...timeTests(query, nowEpochMs));
  return tests.length === 0 ? undefined : (entity) => tests.every((test) => test(entity));
}

/** A span such as `30d` or `12h`, as text; `fallback` if the query has none. */
export function timeRange(query: Query, fallback: string): string {
  const text = query[firstOf(query, timeRangeNames) ?? ''] ?? fallback;
  if (!/^[1-9]\d{0,3}[hdw]$/.test(text))
    throw badRequest(`"timeRange" must be like 12h, 30d or 4w, got "${text}".`);
  return text;
}

/** A whole number in the range, both ends included. */
export function wholeNumber(
  query: Query,
  name: string,
  { from, to = 1e9 }: { from: number; to?: number },
): number {
  const text = query[name] ?? '';
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= from && value <= to) return value;
  const range = to < 1e9 ? `from ${from} to ${to}` : `of at least ${from}`;
  throw badRequest(`"${name}" must be a whole number ${range}, got "${text}".`);
}

/** A time as ISO text in UTC, which sorts as times do. Nothing if the query has none of the names. */
export function timeOf(query: Query, names: readonly string[]): string | undefined {
  const name = firstOf(query, names);
  const text = name && query[name];
  if (!text) return undefined;
  const epochMs = Date.parse(text);
  if (Number.isNaN(epochMs)) throw badRequest(`"${name}" must be an ISO 8601 time, got "${text}".`);
  return new Date(epochMs).toISOString();
}

function timeTests(query: Query, nowEpochMs: number): ((entity: Entity) => boolean)[] {
  const from = timeOf(query, fromNames);
  const until = timeOf(query, untilNames);
  if (from === undefined && until === undefined) return [];
  return [(entity) => isBetween(fieldText(entity, 'created_at', nowEpochMs), from, until)];
}

function isBetween(time: string, from = '', until = '9999'): boolean {
  return time >= from && time <= until;
}

function isEqual(
  entity: Entity,
  field: string,
  { wanted, nowEpochMs }: { wanted: string; nowEpochMs: number },
): boolean {
  const value = entity.fields[field];
  return typeof value === 'boolean'
    ? value === truthOf(wanted)
    : fieldText(entity, field, nowEpochMs) === wanted;
}

function truth(query: Query, name: string): boolean {
  const text = query[name] ?? 'false';
  const value = truthOf(text);
  if (value === undefined) throw badRequest(`"${name}" must be true or false, got "${text}".`);
  return value;
}

/** In the words of any client: `true`, `True`, `1`. */
function truthOf(text: string): boolean | undefined {
  const found = flag(text);
  return 'value' in found ? found.value === true : undefined;
}

/** Which of these parameters, of which there may be one, the query has. */
function firstOf(query: Query, names: readonly string[]): string | undefined {
  const [first, ...more] = names.filter((name) => query[name] !== undefined);
  if (more.length > 0) throw badRequest(`Only one of "${[first, ...more].join('", "')}" can be heeded.`);
  return first;
}
