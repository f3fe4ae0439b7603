import type { NameIndex } from './name-index.ts';

export interface ListRequest {
  readonly prefix: string;
  /** Empty for none. */
  readonly delimiter: string;
  readonly includeTrailingDelimiter: boolean;
  /** Names from here on, this one included. */
  readonly startOffset: string;
  /** Names before this; empty for no end. */
  readonly endOffset: string;
  /** Whether a name is listed at all. */
  readonly matches?: (name: string) => boolean;
  /** How many items and prefixes together; more than 0. */
  readonly maxResults: number;
  /** The name, or prefix, after which to go on; empty at the start. */
  readonly after: string;
}

export interface Listing<T> {
  readonly items: readonly T[];
  readonly prefixes: readonly string[];
  /** The last name or prefix of the page, when there are more. */
  readonly last: string | null;
}

/** Beyond every name that begins with a prefix. */
const beyond = '\uffff';

/**
 * A page of names in order. With a delimiter the names that hold it after the prefix are told once, as the
 * part up to and with the delimiter (Cloud Storage JSON API, `objects.list`).
 */
export function listNames<T>(index: NameIndex<T>, request: ListRequest): Listing<T> {
  const items: T[] = [];
  const prefixes: string[] = [];
  let last = '';
  let at = firstName(request);
  for (;;) {
    const entry = next(index, at, request);
    if (!entry) return { items, prefixes, last: null };
    if (items.length + prefixes.length === request.maxResults) return { items, prefixes, last };
    const { name, item, group } = entry;
    if (group === null || (name === group && request.includeTrailingDelimiter)) items.push(item);
    if (group !== null) prefixes.push(group);
    last = group ?? name;
    at = group === null ? `${name}\0` : group + beyond;
  }
}

function firstName({ prefix, startOffset, after, delimiter }: ListRequest): string {
  const from = startOffset > prefix ? startOffset : prefix;
  if (!after) return from;
  const isGroup = delimiter !== '' && after.endsWith(delimiter);
  const resumed = isGroup ? after + beyond : `${after}\0`;
  return resumed > from ? resumed : from;
}

function next<T>(index: NameIndex<T>, at: string, request: ListRequest) {
  const { prefix, endOffset, delimiter, matches } = request;
  const found = firstMatch(index, at, matches);
  if (!found) return null;
  const [name, item] = found;
  if (!name.startsWith(prefix) || (endOffset !== '' && name >= endOffset)) return null;
  const cut = delimiter === '' ? -1 : name.indexOf(delimiter, prefix.length);
  return { name, item, group: cut === -1 ? null : name.slice(0, cut + delimiter.length) };
}

function firstMatch<T>(index: NameIndex<T>, at: string, matches: ListRequest['matches']) {
  for (const entry of index.from(at)) if (!matches || matches(entry[0])) return entry;
  return undefined;
}
