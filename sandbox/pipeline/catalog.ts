import type { Json, JsonObject } from '../json.ts';
import type { Store } from '../store.ts';
import { firstDataset } from '../variables.ts';
import type { Landing } from './landing-path.ts';

/**
 * The source and the pipeline that a file belongs to, in the REST API: made at its first file, and again if somebody
 * has deleted them. The dataset's list of tables grows with them.
 */
export class Catalog {
  readonly #store: Store;
  readonly #nowEpochMs: () => number;
  readonly #sources = new Map<string, string>();
  readonly #pipelines = new Map<string, string>();
  #datasetId = '';

  constructor(store: Store, nowEpochMs: () => number) {
    this.#store = store;
    this.#nowEpochMs = nowEpochMs;
  }

  placesOf(bucket: string, { source, table }: Landing): { source_id: string; pipeline_id: string } {
    const now = this.#nowEpochMs();
    const source_id = this.#known('sources', this.#sources, source, {
      name: source,
      type: 'GCS',
      connection_details: { bucket, prefix: `${source}/` },
      status: 'active',
    });
    const pipeline_id = this.#known('pipelines', this.#pipelines, `${source}\n${table}`, {
      name: `${source} to ${table}`,
      source_id,
      target_dataset: firstDataset,
      target_table: table,
      schedule: 'on upload',
      status: 'active',
    });
    this.#tellTable(table, now);
    return { source_id, pipeline_id };
  }

  #known(kind: 'sources' | 'pipelines', ids: Map<string, string>, key: string, fields: JsonObject): string {
    const known = this.#store.of(kind).get(ids.get(key) ?? '');
    if (known) return known.id;
    const { id } = this.#store.of(kind).create(fields, this.#nowEpochMs());
    ids.set(key, id);
    return id;
  }

  #tellTable(table: string, now: number): void {
    const datasets = this.#store.of('datasets');
    const dataset = datasets.get(this.#datasetId);
    if (!dataset) {
      this.#datasetId = datasets.create(
        { name: firstDataset, tables: [table], owner: 'data-platform' },
        now,
      ).id;
      return;
    }
    const known = dataset.fields['tables'];
    const tables: readonly Json[] = Array.isArray(known) ? known : [];
    if (!tables.includes(table)) datasets.change(dataset, { tables: [...tables, table] }, now);
  }
}
