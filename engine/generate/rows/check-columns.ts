import { columnTypes, type Column, type Schema } from './column.ts';
import { earliest, latest, ratioOf, timeOf } from './make-column.ts';

/** The first thing that is wrong with the columns of a schema, as a sentence; null if nothing is. */
export function checkColumns({ columns }: Schema): string | null {
  const entries = Object.entries(columns);
  if (entries.length === 0) return 'columns: expected at least one';
  for (const [name, column] of entries) {
    const problem = checkName(name, entries) ?? checkKeys(column) ?? checkValues(column);
    if (problem !== null) return `column ${name}: ${problem}`;
  }
  return null;
}

/** As BigQuery and Avro have it; BigQuery does not tell columns apart by upper and lower case. */
function checkName(name: string, entries: readonly (readonly [string, unknown])[]): string | null {
  if (!/^[A-Za-z_][A-Za-z0-9_]{0,299}$/.test(name))
    return 'a name begins with a letter or _, and has letters, digits and _';
  const same = entries.find(([other]) => other !== name && other.toLowerCase() === name.toLowerCase());
  return same ? `${same[0]} has the same name but for upper and lower case` : null;
}

const keysOf: Readonly<Record<Column['type'], readonly string[]>> = {
  sequence: ['start'],
  integer: ['min', 'max'],
  number: ['min', 'max', 'decimals'],
  text: ['length', 'minLength'],
  name: [],
  email: [],
  uuid: [],
  choice: ['of'],
  boolean: ['share'],
  timestamp: ['from', 'to'],
  date: ['from', 'to'],
};

function checkKeys(column: Column): string | null {
  const allowed = [...keysOf[column.type], 'type', 'nulls'];
  const wrong = Object.keys(column).find((key) => !allowed.includes(key));
  if (wrong === undefined) return null;
  const owners = columnTypes.filter((type) => keysOf[type].includes(wrong));
  return `${wrong} has no meaning for ${column.type}; it is for ${owners.join(' and ')}`;
}

function checkValues(column: Column): string | null {
  const { length = 20, minLength = length } = column;
  if (!isRatio(column.nulls)) return `nulls must be a share such as 5%, found ${column.nulls}`;
  if (!isRatio(column.share)) return `share must be a share such as 80%, found ${column.share}`;
  if (column.type === 'choice' && column.of === undefined) return 'a choice needs `of`, a list of texts';
  if (minLength > length) return `minLength must not be above length, found ${minLength} above ${length}`;
  return checkNumbers(column) ?? checkTimes(column);
}

function checkNumbers({ type, min = 0, max = 1_000_000 }: Column): string | null {
  if (type === 'integer' && !(Number.isSafeInteger(min) && Number.isSafeInteger(max)))
    return 'min and max of integers must be whole numbers';
  if (Math.max(Math.abs(min), Math.abs(max)) > mostNumber)
    return `min and max must lie within ±${mostNumber}`;
  return max < min ? `max must not be below min, found ${max} below ${min}` : null;
}

/** So that an outlier, a thousand times as far, is exact too. */
const mostNumber = 1_000_000_000_000;

function isRatio(written: number | string | undefined): boolean {
  const ratio = ratioOf(written, 0);
  return ratio >= 0 && ratio <= 1;
}

/** Microseconds of these years, doubled by the writer of Avro, are exact numbers. */
function checkTimes({ from, to }: Column): string | null {
  for (const written of [from, to]) {
    const year = new Date(timeOf(written, earliest)).getUTCFullYear();
    if (!(year >= 1900 && year < 2199))
      return `expected a time such as 2026-01-31 or 2026-01-31T08:15:00Z of the years 1900 to 2198, found ${written}`;
  }
  return timeOf(to, latest) > timeOf(from, earliest) ? null : 'to must be later than from';
}
