import type { Call } from './exchange.ts';
import { QueryError } from './query-error.ts';

/** Headers that `checkConditions` heeds. */
export const conditions = ['if-match', 'if-none-match'] as const;

/** Refuses with 412 if the thing is not the one that the client has seen, and with 304 if it is and was only read. */
export function checkConditions({ header }: Pick<Call, 'header'>, etag: string): void {
  const wanted = header('if-match');
  if (wanted !== undefined && !names(wanted, etag)) {
    throw new QueryError('Precondition check failed.', 'conditionNotMet', 412);
  }
  const known = header('if-none-match');
  if (known !== undefined && names(known, etag)) throw new QueryError('Not modified.', 'notModified', 304);
}

/** Whether a list of tags has this one (RFC 9110, 13.1). */
function names(list: string, etag: string): boolean {
  const tags = list.split(',').map((tag) => tag.trim().replace(/^(?:W\/)?"(.*)"$/, '$1'));
  return tags.includes('*') || tags.includes(etag);
}
