import { badPlaces } from './bad-places.ts';
import type { Cell, Schema } from './column.ts';
import { bitsAt, streamKey } from './draw.ts';
import { makeColumn, type MadeColumn } from './make-column.ts';
import type { BadKind } from './bad-kinds.ts';
import { cellSpoiler, spoilable } from './spoil.ts';

/** A table of which every row can be computed by itself. */
export interface Table {
  readonly name: string;
  readonly columns: readonly MadeColumn[];
  readonly rows: number;
  readonly badRows: number;
  /** Writes the values of a row, counted from 0, into `cells`; says what is wrong with it, null if nothing is. */
  readonly fill: (index: number, cells: Cell[]) => BadKind | null;
}

export interface TableOptions {
  readonly schema: Schema;
  /** A whole number of at least 0. */
  readonly rows: number;
  /** A whole number from 0 to 2³² − 1. */
  readonly seed: number;
  readonly bad?: Bad;
  /** Whether a bad value must be of its column's type too. */
  readonly typed?: boolean;
}

/** Rows with something wrong in them. The kinds take turns. */
export interface Bad {
  /** From 0 to 1. */
  readonly share: number;
  readonly kinds: readonly BadKind[];
}

/** What `checkTable` finds fault with is not to be given to it. */
export function makeTable({ schema, rows, seed, bad, typed = false }: TableOptions): Table {
  const columns = Object.entries(schema.columns).map(([name, column], place) =>
    makeColumn(name, column, place, seed),
  );
  const good = (index: number, cells: Cell[]) => {
    for (let place = 0; place < columns.length; place++) cells[place] = columns[place]?.at(index) ?? null;
  };
  const plain = { name: schema.name, columns, rows };
  if (!bad || bad.share === 0) {
    return {
      ...plain,
      badRows: 0,
      fill(index, cells) {
        good(index, cells);
        return null;
      },
    };
  }
  const places = badPlaces(bad.share, seed);
  const spoil = spoilers(columns, seed, typed);
  const original = originals(places.at, seed);
  return {
    ...plain,
    badRows: places.among(rows),
    fill(index, cells) {
      const number = places.at(index);
      const kind = number < 0 ? null : (bad.kinds[number % bad.kinds.length] ?? null);
      good(kind === 'duplicates' ? original(index) : index, cells);
      if (kind !== null && kind !== 'duplicates' && kind !== 'malformed') spoil[kind](index, cells);
      return kind;
    },
  };
}

function spoilers(columns: readonly MadeColumn[], seed: number, typed: boolean) {
  const of = (kind: Exclude<BadKind, 'duplicates' | 'malformed'>) => {
    const may = new Set(spoilable(kind, columns, typed));
    const places = columns.map((column, place) => [place, column] as const);
    return cellSpoiler(
      kind,
      places.filter(([, column]) => may.has(column)),
      seed,
    );
  };
  return {
    missing_values: of('missing_values'),
    wrong_types: of('wrong_types'),
    outliers: of('outliers'),
    format_errors: of('format_errors'),
  };
}

const farthest = 100;
const stream = 0xd0b1e;

/** Which row a duplicate repeats: a good one among the hundred before it, if there are any, else the next one behind it. */
function originals(badAt: (index: number) => number, seed: number): (index: number) => number {
  const key = streamKey(seed, stream);
  return (index) => {
    let before = index - 1 - (bitsAt(key, index) % farthest);
    while (before >= 0 && badAt(before) >= 0) before--;
    if (before < 0) before = index - 1;
    while (before >= 0 && badAt(before) >= 0) before--;
    if (before >= 0) return before;
    let behind = index + 1;
    while (badAt(behind) >= 0) behind++;
    return behind;
  };
}
