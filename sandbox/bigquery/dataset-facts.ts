import type { JsonObject } from '../json.ts';
import type { TableName } from '../warehouse/names.ts';
import { objectIn, textIn } from './parameters.ts';
import type { View } from './sql/reads.ts';

interface Facts {
  readonly fields: JsonObject;
  readonly createdEpochMs: number;
  readonly changedEpochMs: number;
  /** How often anything was changed before. */
  readonly revision: number;
}

/** What is said of datasets and tables besides their rows, as REST's fields: labels, partitions, times. By full names. */
export class DatasetFacts {
  readonly #facts = new Map<string, Facts>();
  readonly #nowEpochMs: () => number;
  readonly #tables = new Map<string, Required<TableName>>();
  readonly #viewColumns = new Map<string, readonly string[]>();
  #revisions = 0;

  constructor(nowEpochMs: () => number) {
    this.#nowEpochMs = nowEpochMs;
  }

  of(name: string): Facts {
    const known = this.#facts.get(name);
    if (known) return known;
    const nowEpochMs = this.#nowEpochMs();
    const facts = {
      fields: {},
      createdEpochMs: nowEpochMs,
      changedEpochMs: nowEpochMs,
      revision: ++this.#revisions,
    };
    this.#facts.set(name, facts);
    return facts;
  }

  /** Adds fields to those that are known; one that is null goes. */
  change(name: string, fields: JsonObject): void {
    const all = Object.entries({ ...this.of(name).fields, ...fields });
    this.replace(name, Object.fromEntries(all.filter(([, value]) => value !== null)));
  }

  /** Puts fields in the place of those that are known. */
  replace(name: string, fields: JsonObject): void {
    const revision = ++this.#revisions;
    this.#facts.set(name, { ...this.of(name), fields, changedEpochMs: this.#nowEpochMs(), revision });
  }

  /** Another one after each change. */
  etagOf(name: string): string {
    return Buffer.from(`${name}/${this.of(name).revision}`).toString('base64');
  }

  /** A table was made, in the place of another or not. It lives as long as its dataset says. */
  made(table: Required<TableName>, fields: JsonObject): void {
    const name = factName(table);
    this.forget(name);
    const life = textIn(this.#datasetOf(table), 'defaultTableExpirationMs');
    const expires = life === undefined ? {} : { expirationTime: String(this.#nowEpochMs() + Number(life)) };
    this.change(name, { ...expires, ...fields });
    this.#tables.set(name, table);
  }

  /** Where a table, or a dataset, is. */
  locationOf(table: Pick<Required<TableName>, 'project' | 'dataset'>): string {
    return textIn(this.#datasetOf(table), 'location') ?? 'US';
  }

  #datasetOf({ project, dataset }: Pick<Required<TableName>, 'project' | 'dataset'>): JsonObject {
    return this.#facts.get(`${project}.${dataset}`)?.fields ?? {};
  }

  /** The view of a name; undefined if it is none. */
  viewOf(table: Required<TableName>): View | undefined {
    const fields = this.#facts.get(factName(table))?.fields ?? {};
    const query = textIn(objectIn(fields, 'view'), 'query');
    if (query === undefined) return undefined;
    const names = this.#viewColumns.get(factName(table));
    return { query, ...(names && { names }) };
  }

  /** A view was made. It lives as long as its dataset says. */
  madeView(table: Required<TableName>, { query, names }: View, fields: JsonObject): void {
    this.made(table, { ...fields, view: { query, useLegacySql: false } });
    if (names) this.#viewColumns.set(factName(table), names);
  }

  /** A view has the columns of its query, by their own names. */
  forgetViewColumns(table: Required<TableName>): void {
    this.#viewColumns.delete(factName(table));
  }

  /** The names of the views of a dataset. */
  viewsOf(project: string, dataset: string): readonly string[] {
    const all = this.tables().filter(({ name }) => name.project === project && name.dataset === dataset);
    return all.filter(({ name }) => this.viewOf(name)).map(({ name }) => name.table);
  }

  forgetTable(table: Required<TableName>): void {
    this.forget(factName(table));
  }

  forget(name: string): void {
    this.#facts.delete(name);
    this.#tables.delete(name);
    this.#viewColumns.delete(name);
  }

  /** Forgets a dataset with all that is in it. */
  forgetDataset(name: string): void {
    for (const one of [...this.#facts.keys()]) {
      if (one === name || one.startsWith(`${name}.`)) this.forget(one);
    }
  }

  /** The tables of which something is said. */
  tables(): readonly { readonly name: Required<TableName>; readonly fields: JsonObject }[] {
    return [...this.#tables].map(([key, name]) => ({ name, fields: this.of(key).fields }));
  }
}

/** `project.dataset.table`. */
export function factName({ project, dataset, table }: Required<TableName>): string {
  return `${project}.${dataset}.${table}`;
}
