import type { JsonObject } from '../json.ts';

interface Facts {
  readonly fields: JsonObject;
  readonly createdEpochMs: number;
  readonly changedEpochMs: number;
}

/** What clients say of datasets and tables besides their rows: labels, descriptions, times. By their full names. */
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

  /** Adds fields to those that are known. */
  change(name: string, fields: JsonObject): void {
    const before = this.of(name);
    this.#facts.set(name, {
      ...before,
      fields: { ...before.fields, ...fields },
      changedEpochMs: this.#nowEpochMs(),
    });
  }

  forget(name: string): void {
    this.#facts.delete(name);
  }
}
