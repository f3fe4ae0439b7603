import { nameInJtl } from '../engine/model/sample-phase.ts';
import type { Sample } from '../engine/model/sample.ts';
import { parentType, readTransactionMessage } from '../engine/model/transaction-message.ts';

type Row = Omit<Sample, 'kind'>;

/** The last whole sample of a thread: what is behind it may be its parts. */
interface Whole {
  /** The last sample that may have numbered parts; null: a transaction has none. */
  last: Row | null;
  /** Whether it is a transaction that counts as a sample: its parts are behind it. */
  readonly isParent: boolean;
  /** How many samples are still to come that it sums up. */
  left: number;
}

/**
 * Tells what kind of sample each row of a JTL is; rows are given in the order of the file. A JTL has no place for it:
 * set-up and the like are known by the thread name, transactions by their message, parts by where they stand.
 */
export function kindReader(): (row: Row) => Sample['kind'] {
  const wholes = new Map<string, Whole>();
  return (row) => {
    const told = readTransactionMessage(row.message);
    const thread = nameInJtl(row);
    const whole = wholes.get(thread);
    if (whole && isPart(row, told !== null, whole)) return 'sub';
    const isParent = told !== null && row.dataType === parentType;
    wholes.set(thread, { last: isParent ? null : row, isParent, left: isParent ? told.count : 0 });
    if (told?.kind === 'cut') return 'cut';
    return told === null || isParent ? 'sample' : 'transaction';
  };
}

/** What cannot be told of the rows of a JTL that lacks a column, for people. */
export function untold(columns: readonly string[]): string[] {
  return Object.entries(toldBy).flatMap(([column, what]) =>
    columns.includes(column) ? [] : `there is no column ${column}: ${what}`,
  );
}

const toldBy = {
  threadName: 'set-up, warm-up, tear-down and clean-up are counted with the load, if there are any',
  responseMessage: 'transactions are counted as samples, if there are any',
} as const;

/**
 * Transactions within another that counts as a sample are written with 0 threads, as JMeter does. JMeter's own are not parts: it
 * does not mark the one around them, and counts the steps of both.
 */
function isPart(row: Row, isTransaction: boolean, whole: Whole): boolean {
  if (isTransaction) return whole.isParent && row.allThreads === 0;
  if (whole.last && isNumbered(row, whole.last)) return true;
  if (whole.left === 0) return false;
  whole.left -= 1;
  whole.last = row;
  return true;
}

/**
 * JMeter calls the parts of a sample `<label>-0`, `<label>-1` and writes them right behind it; they lie within its time
 * (to a millisecond: both ends were rounded).
 */
function isNumbered(row: Row, { label, startEpochMs, elapsedMs }: Row): boolean {
  return (
    row.label.startsWith(`${label}-`) &&
    /^-\d+(-\d+)*$/.test(row.label.slice(label.length)) &&
    row.startEpochMs >= startEpochMs &&
    row.startEpochMs + row.elapsedMs <= startEpochMs + elapsedMs + 1
  );
}
