import type { Json } from '../../engine/model/json.ts';
import { listInside } from '../google/inside.ts';

/**
 * The rows of an answer, as the official client is to see them: one thing.
 *
 * Its paging (@google-cloud/paginator 6) copies its options in depth, in which 8.3.1 hands on the rows of `jobs.query`: 45,000 rows
 * took two seconds for nothing. What is no plain object and no list is handed on as it is.
 */
export class HeldRows {
  readonly list: readonly unknown[];

  constructor(list: readonly unknown[]) {
    this.list = list;
  }
}

/** An answer whose rows are held. */
export function holdingRows(body: Json | undefined): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  const { rows } = body;
  return Array.isArray(rows) ? { ...body, rows: new HeldRows(rows) } : body;
}

/** The rows that the client has handed on. */
export function heldRows(value: unknown): readonly unknown[] {
  return value instanceof HeldRows ? value.list : listInside(value);
}
