import type { TableName } from '../../warehouse/names.ts';
import type { Path, QueryReads, Reads, SelectReads, Source } from '../sql/reads.ts';

/** The names of a table's columns, in small letters. */
export type NamesOf = (table: TableName) => readonly string[];

/**
 * Of the names that a statement reads, those that mean a column, an alias or a row of its sources. All others mean
 * variables: a column takes precedence over a variable of the same name.
 */
export function columnPaths(reads: Reads, namesOf: NamesOf): ReadonlySet<Path> {
  const walk = new Walk(namesOf);
  walk.reads(reads, undefined);
  return walk.found;
}

interface Scope {
  /** Names of sources and of their columns; `*` for those that nobody knows. */
  readonly names: ReadonlySet<string>;
  readonly outer: Scope | undefined;
}

class Walk {
  readonly found = new Set<Path>();
  readonly #namesOf: NamesOf;
  readonly #seen = new Set<QueryReads>();

  constructor(namesOf: NamesOf) {
    this.#namesOf = namesOf;
  }

  reads({ columns, queries }: Reads, scope: Scope | undefined): void {
    for (const path of columns) this.#path(path, scope);
    for (const query of queries) this.#query(query, scope);
  }

  #path(path: Path, scope: Scope | undefined): void {
    const first = (path[0] ?? '').toLowerCase();
    for (let at = scope; at; at = at.outer) {
      if (at.names.has(first) || at.names.has('*')) this.found.add(path);
    }
  }

  #query(query: QueryReads, outer: Scope | undefined): void {
    if (this.#seen.has(query)) return;
    this.#seen.add(query);
    for (const part of query.parts) {
      if ('parts' in part) this.#query(part, outer);
      else this.#select(part, outer);
    }
    const [first] = query.parts;
    const inside = first && !('parts' in first) ? this.#sourceNames(first) : [];
    const names = new Set([...inside, ...this.#outputs(query)]);
    this.reads(query.order, { names, outer });
  }

  #select(select: SelectReads, outer: Scope | undefined): void {
    for (const { query } of select.sources) if (query?.reads) this.#query(query.reads, outer);
    const names = new Set(this.#sourceNames(select));
    const plain: Scope = { names, outer };
    const aliased: Scope = { names: new Set([...names, ...aliases(select)]), outer };
    for (const item of select.items) this.reads(item.reads, plain);
    const { columns, queries } = select.always;
    const { plainColumns = columns.length } = select;
    this.reads({ columns: columns.slice(0, plainColumns), queries }, plain);
    this.reads({ columns: columns.slice(plainColumns), queries: [] }, aliased);
  }

  #sourceNames({ sources }: SelectReads): readonly string[] {
    return sources.flatMap((source) => [source.alias, ...this.#columnsOf(source)]);
  }

  #columnsOf({ table, query, columns }: Source): readonly string[] {
    if (table) return this.#namesOf(table);
    return query ? this.#outputs(query.reads) : (columns ?? []);
  }

  #shown(source: Source): readonly string[] {
    return this.#columnsOf(source).filter((name) => name !== source.hidden);
  }

  #outputs(query: QueryReads | undefined): readonly string[] {
    const [first] = query?.parts ?? [];
    if (!first) return ['*'];
    if ('parts' in first) return this.#outputs(first);
    return first.items.flatMap((item) => {
      if (item.kind === 'value') return [item.name];
      const sources = first.sources.filter(
        ({ alias, query: one }) => (item.alias === '' || alias === item.alias) && one?.reads !== query,
      );
      return sources
        .flatMap((source) =>
          source.table || source.query || source.hidden ? this.#shown(source) : [source.alias],
        )
        .filter((name) => !item.except.includes(name));
    });
  }
}

function aliases({ items }: SelectReads): readonly string[] {
  return items.flatMap((item) => (item.kind === 'value' ? [item.name] : []));
}
