import type { BadKind } from './bad-kinds.ts';
import type { Cell } from './column.ts';
import { bitsAt, streamKey } from './draw.ts';
import type { MadeColumn } from './make-column.ts';
import { shown } from './shown.ts';

/** Kinds that spoil one cell, in place. */
export type CellKind = Exclude<BadKind, 'duplicates' | 'malformed'>;

const stream = 0x5011;
const wrongValues = ['unknown', 'n/a', 'twelve', '#REF!', 'none'];

/**
 * The columns in which a kind of damage can be done. `typed`: a column holds values of its type and nothing else, as in
 * Parquet and Avro.
 */
export function spoilable(kind: CellKind, columns: readonly MadeColumn[], typed: boolean): MadeColumn[] {
  return columns.filter(({ storage, outlier }) => {
    switch (kind) {
      case 'missing_values':
        return true;
      case 'wrong_types':
        return !typed && storage !== 'text';
      case 'outliers':
        return outlier !== null;
      case 'format_errors':
        return storage === 'text' || (!typed && storage !== 'boolean');
      default:
        return kind satisfies never;
    }
  });
}

/** Spoils one of the given cells, which have a value if any has. Columns by their place. */
export function cellSpoiler(
  kind: CellKind,
  places: readonly (readonly [place: number, column: MadeColumn])[],
  seed: number,
): (index: number, cells: Cell[]) => void {
  const key = streamKey(seed, stream);
  return (index, cells) => {
    const bits = bitsAt(key, index);
    const from = bits % places.length;
    const turned = [...places.slice(from), ...places.slice(0, from)];
    const chosen = turned.find(([place]) => cells[place] !== null) ?? turned[0];
    if (!chosen) return;
    const [place, column] = chosen;
    cells[place] = spoilt(kind, column, cells[place] ?? null, bits >>> 8);
  };
}

function spoilt(kind: CellKind, column: MadeColumn, value: Cell, bits: number): Cell {
  switch (kind) {
    case 'missing_values':
      return null;
    case 'wrong_types':
      return wrongValues[bits % wrongValues.length] ?? null;
    case 'outliers':
      return column.outlier;
    case 'format_errors':
      return badlyFormatted(column, value);
    default:
      return kind satisfies never;
  }
}

function badlyFormatted({ storage, type }: MadeColumn, value: Cell): Cell {
  const text = String(shown(storage, value) ?? '');
  if (storage === 'timestamp' || storage === 'date') {
    const [year, month, day] = text.slice(0, 10).split('-');
    return `${day}/${month}/${year}${text.slice(10).replace('T', ' ').replace('Z', '')}`;
  }
  if (type === 'uuid') return `{${text.replaceAll('-', '')}}`;
  if (type === 'email') return text.replace('@', ' at ');
  return storage === 'text' ? `  ${text.toUpperCase()} ` : `${text.replace('.', ',')} EUR`;
}
