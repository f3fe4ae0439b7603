import { setImmediate as breathe } from 'node:timers/promises';
import type { Json } from '../json.ts';
import { columnsOf } from '../warehouse/session.ts';
import type { Column, Result } from '../warehouse/session.ts';
import { wireValue } from './wire-values.ts';
import type { WireFormat } from './wire-values.ts';

export interface Page {
  readonly rows: readonly Json[];
  /** The first row of the next page, if there is one. */
  readonly next: number | undefined;
}

export interface PageWish extends WireFormat {
  readonly from: number;
  readonly most: number;
}

/** A page ends when its text is about that long, as BigQuery's does at 10 MB. */
const pageLimitBytes = 10_000_000;

/** The rows of a result, turned into REST's form when they are asked for, a page at a time. */
export class Pages {
  readonly columns: readonly Column[];
  readonly rowCount: number;
  readonly #result: Result;
  /** The first row of each chunk seen so far, and of the one after. */
  readonly #starts: number[] = [0];

  constructor(result: Result) {
    this.#result = result;
    this.columns = columnsOf(result);
    this.rowCount = result.rowCount;
  }

  /** Lets other requests be answered between two chunks. */
  async page({ from, most, int64Timestamps }: PageWish): Promise<Page> {
    const rows: Json[] = [];
    const end = Math.min(this.rowCount, from + most);
    let bytes = 0;
    let at = from;
    while (at < end && bytes < pageLimitBytes) {
      const { chunk, first } = this.#chunkWith(at);
      const values = this.columns.map((_, column) => chunk.getColumnValues(column));
      const last = Math.min(end, first + chunk.rowCount);
      for (; at < last && bytes < pageLimitBytes; at++) {
        const f = this.columns.map(({ type }, column) => ({
          v: wireValue(values[column]?.[at - first] ?? null, type, { int64Timestamps }),
        }));
        for (const { v } of f) bytes += sizeOf(v);
        rows.push({ f });
      }
      await breathe();
    }
    return { rows, next: at < this.rowCount ? at : undefined };
  }

  #chunkWith(row: number): { chunk: ReturnType<Result['getChunk']>; first: number } {
    const starts = this.#starts;
    while ((starts.at(-1) ?? 0) <= row) {
      const chunk = this.#result.getChunk(starts.length - 1);
      starts.push((starts.at(-1) ?? 0) + chunk.rowCount);
    }
    let index = starts.length - 2;
    while ((starts[index] ?? 0) > row) index -= 1;
    return { chunk: this.#result.getChunk(index), first: starts[index] ?? 0 };
  }
}

function sizeOf(value: Json): number {
  if (typeof value === 'string') return value.length + 8;
  return value === null ? 12 : JSON.stringify(value).length + 8;
}
