import type { Warehouse } from '../warehouse/warehouse.ts';
import type { Pages } from './pages.ts';
import type { Translation } from './sql/translate.ts';

const keptResults = 100;
const largestCells = 1_000_000;

interface Kept {
  readonly versions: string;
  readonly pages: Pages;
}

/**
 * Results that answer the same query again while its tables have not changed and it does not ask for
 * the time or for chance. https://cloud.google.com/bigquery/docs/cached-results
 */
export class ResultCache {
  readonly #warehouse: Warehouse;
  readonly #kept = new Map<string, Kept>();

  constructor(warehouse: Warehouse) {
    this.#warehouse = warehouse;
  }

  find(translation: Translation): Pages | undefined {
    const kept = this.#kept.get(translation.sql);
    return kept?.versions === this.versions(translation) ? kept.pages : undefined;
  }

  /** How often each of the tables was changed; taken before a query runs. */
  versions({ references }: Translation): string {
    return references.map((table) => this.#warehouse.versionOf(table)).join();
  }

  keep({ sql, type, isVolatile }: Translation, versions: string, pages: Pages): void {
    const isLarge = pages.rowCount * pages.columns.length > largestCells;
    if (isVolatile || isLarge || type !== 'SELECT') return;
    this.#kept.delete(sql);
    this.#kept.set(sql, { versions, pages });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > keptResults && oldest !== undefined) this.#kept.delete(oldest);
  }
}
