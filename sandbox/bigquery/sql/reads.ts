import type { TableName } from '../../warehouse/names.ts';

/** A column as a query names it: `['a']`, `['t', 'a']`, or with fields of a STRUCT behind it. */
export type Path = readonly string[];

/** A column, or what grows with it: how it is made of a value of the column. */
export interface GrowingColumn {
  readonly path: Path;
  readonly of: (value: string) => string;
}

/** The least and the greatest value that the partition of a row may hold, as SQL over the row. */
export interface Span {
  readonly low: string;
  readonly high: string;
}

/** Gives the span of a column if it is what partitions a table. */
export type SpanOf = (column: Path) => Span | undefined;

/**
 * Says, as SQL over a row, whether the row's partition can hold a row that the condition lets through. Undefined if the
 * condition excludes no partition.
 */
export type Filter = (spanOf: SpanOf) => string | undefined;

/** A table that a query names. */
export interface Reference extends TableName {
  readonly project: string;
  readonly alias: string;
}

/** What a piece of a query reads. */
export interface Reads {
  readonly columns: Path[];
  readonly queries: QueryReads[];
}

/** What a query reads: of one SELECT, or of several that UNION and its like put together. */
export interface QueryReads {
  readonly parts: readonly (SelectReads | QueryReads)[];
  readonly order: Reads;
  /** Of two equal rows one is left, so that all columns count. */
  readonly isDistinct: boolean;
  /** With LIMIT: what filters its rows does not filter those that it reads. */
  readonly isLimited: boolean;
}

export interface SelectReads {
  readonly items: readonly ItemReads[];
  readonly sources: readonly Source[];
  /** What is read whichever columns are wanted, such as WHERE and GROUP BY. */
  readonly always: Reads;
  /** How many columns of `always` stand before GROUP BY, where names of items mean nothing. All without it. */
  readonly plainColumns?: number;
  readonly filters: readonly SourceFilter[];
  /** All items are read, whoever wants which: DISTINCT, or GROUP BY of places. */
  readonly needsAll: boolean;
  /** Rows pass one by one, so that what filters the result filters what is read. */
  readonly isRowwise: boolean;
}

export type ItemReads =
  | {
      readonly kind: 'value';
      readonly name: string;
      readonly reads: Reads;
      readonly column: GrowingColumn | undefined;
    }
  | {
      readonly kind: 'star';
      /** Empty for a bare `*`. */
      readonly alias: string;
      readonly except: readonly string[];
      readonly reads: Reads;
    };

/** A condition that rows must fulfil. */
export interface SourceFilter {
  readonly filter: Filter;
  /** The one source that it is about; all without it. */
  readonly alias?: string;
}

/** What stands after FROM: a table, a query, or rows that nothing is read for. */
export interface Source {
  readonly alias: string;
  readonly table?: Reference;
  /** Of a table that a wildcard matches: what the star stands for. */
  readonly suffix?: string;
  readonly query?: CommonTable;
  /** A column that `*` does not give, in small letters. */
  readonly hidden?: string;
  /** Of a view of INFORMATION_SCHEMA, in small letters. */
  readonly columns?: readonly string[];
}

/** A query with a name. A recursive one does not know its own reads yet when it is named. */
export interface CommonTable {
  readonly name: string;
  reads: QueryReads | undefined;
}

/** A view: its query as it was written, and the names of its columns if it gives them others. */
export interface View {
  readonly query: string;
  readonly names?: readonly string[];
}

export function noReads(): Reads {
  return { columns: [], queries: [] };
}
