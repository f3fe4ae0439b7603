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
