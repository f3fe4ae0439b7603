import type { JsonObject } from '../json.ts';
import type { Store } from '../store.ts';
import { firstDataset } from '../variables.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { Healer } from './healer.ts';
import { setBadRowsAside } from './ingest-file.ts';
import { reportOf } from './report.ts';
import type { Sighting } from './row-watch.ts';
import type { Turns } from './turns.ts';

export interface BadRowOptions {
  readonly store: Store;
  readonly warehouse: Warehouse;
  readonly healer: Healer;
  readonly turns: Turns;
  readonly nowEpochMs: () => number;
}

/** Bad rows that were written into a table, not uploaded: one issue a table at a time, healed as a file's are. */
export class BadRowIssues {
  readonly #options: BadRowOptions;
  readonly #tables = new Set<string>();

  constructor(options: BadRowOptions) {
    this.#options = options;
  }

  /** Whether a table is one that a pipeline writes, by the REST API, and none of its bad rows wait to be healed. */
  isWatched(table: string): boolean {
    if (this.#tables.has(table)) return false;
    const pipelines = [...this.#options.store.of('pipelines').all()];
    return pipelines.some(
      ({ fields }) => fields['target_dataset'] === firstDataset && fields['target_table'] === table,
    );
  }

  take({ table, key, badRows, totalRows, findings }: Sighting): void {
    const { healer, warehouse, turns, nowEpochMs } = this.#options;
    const counts = { recordsTotal: totalRows, recordsLoaded: totalRows, recordsRejected: 0, badRows };
    const { issue } = reportOf({ ...counts, findings, problems: [] }, table);
    const fields = { ...issue, dataset: firstDataset, table, trigger: 'rows' };
    this.#tables.add(table);
    healer.take({
      fields,
      sinceEpochMs: nowEpochMs(),
      detected: (issueId) => this.#detected(issueId, table, fields),
      repair: async (issueId) => {
        const target = { dataset: firstDataset, table };
        const request = { target, key, objectName: '', executionId: '', issueId, rejected: [] };
        await turns.take(() => setBadRowsAside(warehouse, request)).finally(() => this.#tables.delete(table));
      },
    });
  }

  #detected(issueId: string, table: string, fields: JsonObject): void {
    const known = { dataset: firstDataset, table, healing_issue_id: issueId, is_resolved: false };
    this.#options.store.of('qualityIssues').create({ ...fields, ...known }, this.#options.nowEpochMs());
  }
}
