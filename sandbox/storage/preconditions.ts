import type { IncomingMessage } from 'node:http';
import { invalid, StorageError } from './storage-error.ts';

/** What preconditions are about; nothing if there is no such object. */
export interface Versioned {
  readonly generation: string;
  readonly metageneration: number;
}

/**
 * Refuses with 412 if a precondition of the request does not hold, and with 304 if a `…NotMatch` of a read does
 * not. Generation 0 means that there must be no object. `source` is for the parameters of a copy's source,
 * such as `ifSourceGenerationMatch`.
 */
export function checkPreconditions(
  query: URLSearchParams,
  found: Versioned | undefined,
  { isRead = false, source = false }: { isRead?: boolean; source?: boolean } = {},
): void {
  const prefix = source ? 'ifSource' : 'if';
  const { generation, metageneration } = found ?? { generation: '0', metageneration: 0 };
  const actual = { Generation: generation, Metageneration: String(metageneration) };
  for (const [name, value] of Object.entries(actual)) {
    if (sent(query, `${prefix}${name}Match`, value) !== value) throw failed(412);
    if (sent(query, `${prefix}${name}NotMatch`, null) === value) throw failed(isRead ? 304 : 412);
  }
}

function sent<Absent>(query: URLSearchParams, name: string, absent: Absent): string | Absent {
  const text = query.get(name);
  if (text === null) return absent;
  if (!/^\d+$/.test(text)) throw invalid(`Invalid value for: ${name}, "${text}" is not a whole number.`);
  return text;
}

function failed(status: 412 | 304): StorageError {
  const message = 'At least one of the pre-conditions you specified did not hold.';
  return new StorageError(status, 'conditionNotMet', message);
}

/**
 * `If-Match` and `If-None-Match`, as the preconditions above. Clients also send the etag of an answer's header, which is
 * the same.
 */
export function checkTags(
  { headers }: Pick<IncomingMessage, 'headers'>,
  etag: string,
  { isRead = false }: { isRead?: boolean } = {},
): void {
  const wanted = headers['if-match'];
  if (wanted !== undefined && !namesTag(wanted, etag)) throw failed(412);
  const known = headers['if-none-match'];
  if (known !== undefined && namesTag(known, etag)) throw failed(isRead ? 304 : 412);
}

/** Whether a list of tags has this one (RFC 9110, 13.1). */
function namesTag(list: string, etag: string): boolean {
  const tags = list.split(',').map((tag) => tag.trim().replace(/^(?:W\/)?"(.*)"$/, '$1'));
  return tags.includes('*') || tags.includes(etag);
}
