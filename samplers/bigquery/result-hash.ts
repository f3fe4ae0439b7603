import { hash } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import type { Json } from '../../engine/model/json.ts';
import { valuesOf, type Field } from './rows.ts';

/** Rows between two turns of others: so many take a few milliseconds. */
const rowsPerTurn = 500;

/**
 * A hash of rows, in the form of the REST API, that does not depend on their order, nor on the names of the columns: their
 * number, and 16 hexadecimal digits, `12-00f3…`. `wished` names columns, separated by commas, or means all.
 *
 * Each row is hashed by itself and the hashes are added, modulo 2⁶⁴: unlike with XOR, two equal rows do not cancel each other out. Floats count
 * with 12 digits, since sums of them depend on the order of adding.
 */
export async function hashOfRows(
  rows: readonly unknown[],
  fields: readonly Field[],
  wished: true | string,
): Promise<string> {
  const columns = wished === true ? fields.map((_, index) => index) : columnsNamed(wished, fields);
  let sum = 0n;
  for (const [place, row] of rows.entries()) {
    if (place % rowsPerTurn === rowsPerTurn - 1) await turn();
    const values = valuesOf(row, fields);
    const text = columns.map((index) => valueText(values[index] ?? null)).join();
    sum = BigInt.asUintN(64, sum + hash('sha256', text, 'buffer').readBigUInt64BE());
  }
  return `${rows.length}-${sum.toString(16).padStart(16, '0')}`;
}

function valueText(value: Json): string {
  if (typeof value !== 'object') return JSON.stringify(rounded(value));
  return JSON.stringify(value, (_, inner: unknown) => rounded(inner));
}

function rounded(value: unknown): unknown {
  return typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(12)) : value;
}

function columnsNamed(names: string, fields: readonly Field[]): number[] {
  return names.split(',').map((name) => {
    const index = fields.findIndex((field) => field.name.toLowerCase() === name.trim().toLowerCase());
    if (index >= 0) return index;
    const known = fields.map((field) => field.name).join(', ');
    throw new Error(`resultHash: the result has no column "${name.trim()}". It has ${known || 'none'}`);
  });
}
