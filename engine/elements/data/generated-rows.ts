import { checkTable, defaultKinds } from '../../generate/rows/check-table.ts';
import { rowAt, type Row } from '../../generate/rows/rows.ts';
import { makeTable, type TableOptions } from '../../generate/rows/table.ts';
import { readRows, type WrittenRows } from '../../generate/rows/written.ts';
import { messageOf, UserError } from '../../model/errors.ts';
import type { Rows } from './rows.ts';

/** What is wrong with generated rows, as a sentence; null if nothing is. */
export function mistakeOf(written: WrittenRows): string | null {
  try {
    return checkTable(options(written), 'rows');
  } catch (error) {
    return messageOf(error);
  }
}

function options(written: WrittenRows): TableOptions {
  const { bad, ...given } = readRows(written);
  if (!bad) return given;
  return { ...given, bad: { share: bad.share, kinds: bad.kinds ?? defaultKinds(given.schema, 'rows') } };
}

/** Rows that are computed when they are asked for. */
export function openRows(written: WrittenRows): Rows<Row> {
  const given = options(written);
  const problem = checkTable(given, 'rows');
  if (problem !== null) throw new UserError(problem);
  const table = makeTable(given);
  return {
    known: table.rows,
    complete: true,
    readAhead: () => undefined,
    at: (index) => rowAt(table, index),
  };
}
