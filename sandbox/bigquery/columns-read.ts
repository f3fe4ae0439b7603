import type { TableName } from '../warehouse/names.ts';
import type { Layout, TypedColumn } from './layout.ts';
import { QueryError } from './query-error.ts';
import { andFilter } from './sql/filters.ts';
import { isSuffix, suffixSpan } from './sql/wildcard.ts';
import type { Filter, ItemReads, Path, QueryReads, Reads, SelectReads, Source, Span } from './sql/reads.ts';

/** What is known of the tables of a query. */
export interface KnownTable {
  readonly columns: readonly TypedColumn[];
  readonly layout: Layout | undefined;
}
export type Catalog = (table: TableName) => KnownTable;

/** A column that must be read; with a condition only in the rows whose partitions fulfil it. */
export interface ColumnRead {
  readonly table: Required<TableName>;
  readonly column: TypedColumn;
  readonly condition: string | undefined;
}

/** The columns that a query must read, of each table those that it needs, and no partition that its filters exclude. */
export function columnsRead(reads: Reads, catalog: Catalog): readonly ColumnRead[] {
  const found: ColumnRead[] = [];
  const reader = new Reader(catalog, found);
  for (const query of reads.queries) reader.query(query, { wanted: 'all', filters: [] }, undefined);
  return found;
}

interface Wish {
  /** Places of the columns that are needed, or all. */
  readonly wanted: ReadonlySet<number> | 'all';
  /** Conditions of the query around, on the columns by their places. */
  readonly filters: readonly PlaceFilter[];
}

/** A condition on a derived table: `placeOf` finds the place of a column that the condition names. */
interface PlaceFilter {
  readonly filter: Filter;
  readonly placeOf: (path: Path) => number | undefined;
}

interface Output {
  readonly name: string;
  readonly item: ItemReads;
  /** Of a `*`: the source and the column there. */
  readonly from?: { readonly source: Open; readonly name: string };
}

/** A source while its SELECT is looked at. */
interface Open {
  readonly alias: string;
  readonly source: Source;
  /** Names of its columns, in small letters. */
  readonly names: readonly string[];
  readonly needed: Set<string>;
}

interface Scope {
  readonly open: readonly Open[];
  readonly select: SelectReads;
  readonly live: Set<ItemReads>;
  readonly outer: Scope | undefined;
}

class Reader {
  readonly #catalog: Catalog;
  readonly #found: ColumnRead[];
  /** Queries that are being looked at: a recursive one meets itself. */
  readonly #under = new Set<QueryReads>();

  constructor(catalog: Catalog, found: ColumnRead[]) {
    this.#catalog = catalog;
    this.#found = found;
  }

  query(query: QueryReads, wish: Wish, outer: Scope | undefined): void {
    if (this.#under.has(query)) return;
    this.#under.add(query);
    const inner: Wish = {
      wanted: query.isDistinct ? 'all' : wish.wanted,
      filters: query.isLimited ? [] : wish.filters,
    };
    for (const part of query.parts) {
      if ('parts' in part) this.query(part, inner, outer);
      else this.#select(part, inner, query, outer);
    }
    this.#under.delete(query);
  }

  #select(select: SelectReads, { wanted, filters }: Wish, query: QueryReads, outer: Scope | undefined): void {
    const open = select.sources.map((source) => this.#open(source));
    const scope: Scope = { open, select, live: new Set(), outer };
    const outputs = outputsOf(select, open);
    const isAll = wanted === 'all' || select.needsAll || outputs.some(({ name }) => name === '*');
    outputs.forEach((output, place) => {
      if (!isAll && !wanted.has(place)) return;
      if (output.from) output.from.source.needed.add(output.from.name);
      else this.#live(output.item, scope);
    });
    for (const item of select.items) if (item.kind === 'star') this.#live(item, scope);
    this.#reads(select.always, scope, 'columns');
    // The order of several SELECTs is that of their results.
    if (query.parts.length === 1) this.#reads(query.order, scope, 'items');
    const fromOutside = select.isRowwise ? filters.map((one) => within(one, outputs)) : [];
    for (const one of open) this.#finish(one, scope, fromOutside);
  }

  #open(source: Source): Open {
    const names = source.table
      ? this.#catalog(source.table).columns.map(({ name }) => name.toLowerCase())
      : source.query
        ? this.#namesOf(source.query.reads)
        : [...(source.hidden === undefined ? [] : (source.columns ?? [])), source.alias];
    return { alias: source.alias, source, names, needed: new Set() };
  }

  #namesOf(query: QueryReads | undefined): readonly string[] {
    const [first] = query?.parts ?? [];
    if (!first) return ['*'];
    if ('parts' in first) return this.#namesOf(first);
    const open = first.sources.map((source) =>
      source.query && source.query.reads === query
        ? { ...closed, alias: source.alias, source }
        : this.#open(source),
    );
    return outputsOf(first, open).map(({ name }) => name);
  }

  #live(item: ItemReads, scope: Scope): void {
    if (scope.live.has(item)) return;
    scope.live.add(item);
    this.#reads(item.reads, scope, 'columns');
  }

  #reads({ columns, queries }: Reads, scope: Scope, first: 'columns' | 'items'): void {
    for (const path of columns) this.#column(path, scope, first);
    for (const query of queries) this.query(query, { wanted: 'all', filters: [] }, scope);
  }

  /** Finds what a name means: a column of a source, an item of the SELECT, or something in the query around. */
  #column(path: Path, scope: Scope, first: 'columns' | 'items'): void {
    for (let at: Scope | undefined = scope; at; at = at.outer) {
      if (first === 'items' && this.#item(path, at)) return;
      if (need(path, at.open) || this.#item(path, at)) return;
    }
  }

  #item([name = '', ...more]: Path, scope: Scope): boolean {
    if (more.length > 0) return false;
    const item = scope.select.items.find((one) => one.kind === 'value' && one.name === name.toLowerCase());
    if (item) this.#live(item, scope);
    return item !== undefined;
  }

  #finish({ alias, source, names, needed }: Open, scope: Scope, fromOutside: readonly Filter[]): void {
    const own = scope.select.filters
      .filter((one) => one.alias === undefined || one.alias === alias)
      .map(({ filter }) => filter);
    const filter = [...own, ...fromOutside].reduce<Filter | undefined>(andFilter, undefined);
    const columnOf = (path: Path) => ownColumn(path, alias, names, scope.open);
    const { table, suffix } = source;
    if (table) this.#table({ table, suffix, needed, filter, columnOf });
    if (!source.query?.reads) return;
    const places = new Set([...needed].map((name) => names.indexOf(name)));
    const isOpen = needed.has('*') || names.includes('*');
    const placeOf = (path: Path) => {
      const name = columnOf(path);
      return name === undefined ? undefined : names.indexOf(name);
    };
    const wish: Wish = { wanted: isOpen ? 'all' : places, filters: filter ? [{ filter, placeOf }] : [] };
    this.query(source.query.reads, wish, scope.outer);
  }

  #table({ table, suffix, needed, filter, columnOf }: ReadTable): void {
    const { columns, layout } = this.#catalog(table);
    const inLayout = layout && layoutCondition(layout, filter, columnOf);
    if (layout?.needsFilter && inLayout === undefined) throw needsFilter(table, layout);
    const condition = suffix === undefined ? inLayout : joined(suffixCondition(suffix, filter), inLayout);
    for (const column of columns) {
      if (needed.has(column.name.toLowerCase())) this.#found.push({ table, column, condition });
    }
  }
}

/** A table while it is looked at which partitions of it are read. */
interface ReadTable {
  readonly table: Required<TableName>;
  readonly suffix: string | undefined;
  readonly needed: ReadonlySet<string>;
  readonly filter: Filter | undefined;
  readonly columnOf: (path: Path) => string | undefined;
}

const closed = { names: ['*'], needed: new Set<string>() } as const;

function outputsOf({ items }: SelectReads, open: readonly Open[]): Output[] {
  return items.flatMap((item): Output[] => {
    if (item.kind === 'value') return [{ name: item.name, item }];
    const sources = item.alias === '' ? open : open.filter(({ alias }) => alias === item.alias);
    if (sources.length === 0) return [{ name: '*', item }];
    return sources.flatMap((source) =>
      source.names
        .filter((name) => name !== source.source.hidden && !item.except.includes(name))
        .map((name) => ({ name, item, from: { source, name } })),
    );
  });
}

/** Marks what a name means among the sources of a SELECT: a column of one, a column of any, or a whole row. */
function need(path: Path, open: readonly Open[]): boolean {
  const [first = '', second] = path.map((part) => part.toLowerCase());
  const source = open.find(({ alias }) => alias === first);
  if (source && second !== undefined && has(source, second)) return mark(source, second);
  const holders = open.filter((one) => has(one, first));
  for (const one of holders) mark(one, first);
  if (holders.length > 0 || !source) return holders.length > 0;
  for (const column of source.names) source.needed.add(column);
  return true;
}

function mark({ names, needed }: Open, column: string): true {
  needed.add(names.includes(column) ? column : '*');
  return true;
}

function has({ names }: Open, column: string): boolean {
  return names.includes(column) || names.includes('*');
}

/** The column of this source that a condition names; undefined if it names something else. */
function ownColumn(
  path: Path,
  alias: string,
  names: readonly string[],
  open: readonly Open[],
): string | undefined {
  const [first = '', second] = path.map((part) => part.toLowerCase());
  const isQualified = second !== undefined && open.some((one) => one.alias === first);
  if (isQualified) return first === alias && path.length === 2 && names.includes(second) ? second : undefined;
  return path.length === 1 && names.includes(first) ? first : undefined;
}

/** A condition on what a SELECT gives, as one on what it reads. */
function within({ filter, placeOf }: PlaceFilter, outputs: readonly Output[]): Filter {
  return (spanOf) =>
    filter((path) => {
      const place = placeOf(path);
      const output = place === undefined ? undefined : outputs[place];
      if (!output) return undefined;
      if (output.from) {
        const { source, name } = output.from;
        return spanOf(source.alias === '' ? [name] : [source.alias, name]);
      }
      const column = output.item.kind === 'value' ? output.item.column : undefined;
      const span = column && spanOf(column.path);
      return span && { low: column.of(span.low), high: column.of(span.high) };
    });
}

function layoutCondition(
  { column, span, outside }: Layout,
  filter: Filter | undefined,
  columnOf: (path: Path) => string | undefined,
): string | undefined {
  const spanOf = (path: Path): Span | undefined =>
    columnOf(path) === column.toLowerCase() ? span : undefined;
  const condition = filter?.(spanOf);
  return condition === undefined || outside === undefined ? condition : `(${condition} OR ${outside})`;
}

/** Whether a table that a wildcard matches is read at all. */
function suffixCondition(suffix: string, filter: Filter | undefined): string | undefined {
  return filter?.((path) => (isSuffix(path) ? suffixSpan(suffix) : undefined));
}

function joined(a: string | undefined, b: string | undefined): string | undefined {
  return a === undefined || b === undefined ? (a ?? b) : `(${a} AND ${b})`;
}

function needsFilter({ project, dataset, table }: Required<TableName>, { column }: Layout): QueryError {
  return new QueryError(
    `Cannot query over table '${project}.${dataset}.${table}' without a filter over column(s) '${column}' that can be used for partition elimination`,
  );
}
