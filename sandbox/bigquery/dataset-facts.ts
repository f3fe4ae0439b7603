import type { JsonObject } from '../json.ts';
import type { TableName } from '../warehouse/names.ts';

interface Facts {
  readonly fields: JsonObject;
  readonly createdEpochMs: number;
  readonly changedEpochMs: number;
}

/** What is said of datasets and tables besides their rows, as REST's fields: labels, partitions, times. By full names. */
export class DatasetFacts {
  readonly #facts = new Map<string, Facts>();
  readonly #nowEpochMs: () => number;

  constructor(nowEpochMs: () => number) {
    this.#nowEpochMs = nowEpochMs;
  }

  of(name: string): Facts {
    const known = this.#facts.get(name);
    if (known) return known;
    const nowEpochMs = this.#nowEpochMs();
    const facts = { fields: {}, createdEpochMs: nowEpochMs, changedEpochMs: nowEpochMs };
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
    this.#facts.set(name, { ...this.of(name), fields, changedEpochMs: this.#nowEpochMs() });
  }

  /** A table was made, in the place of another or not. */
  made(table: Required<TableName>, fields: JsonObject): void {
    const name = factName(table);
    this.forget(name);
    this.change(name, fields);
  }

  forget(name: string): void {
    this.#facts.delete(name);
  }

  /** Forgets a dataset with all that is in it. */
  forgetDataset(name: string): void {
    for (const one of [...this.#facts.keys()]) {
      if (one === name || one.startsWith(`${name}.`)) this.#facts.delete(one);
    }
  }

  /** All of which something is known. */
  entries(): readonly (readonly [string, Facts])[] {
    return [...this.#facts];
  }
}

/** `project.dataset.table`. */
export function factName({ project, dataset, table }: Required<TableName>): string {
  return `${project}.${dataset}.${table}`;
}
