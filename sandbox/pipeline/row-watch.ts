import { firstDataset, sandboxProject } from '../variables.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { qualified, textLiteral } from '../warehouse/names.ts';
import { findBadRows } from './bad-rows.ts';
import type { Finding } from './bad-rows.ts';
import { badTable, prepareLanding } from './ingest-file.ts';
import type { Turns } from './turns.ts';

/** Bad rows that somebody has written into a table. */
export interface Sighting {
  readonly table: string;
  readonly key: string;
  readonly badRows: number;
  readonly totalRows: number;
  readonly findings: readonly Finding[];
}

export interface RowWatchOptions {
  readonly warehouse: Warehouse;
  readonly turns: Turns;
  /** How often it looks. */
  readonly everyMs: number;
  /** Whether bad rows of a table are to be looked for now. */
  readonly isWatched: (table: string) => boolean;
  readonly seen: (sighting: Sighting) => void;
}

/** Larger tables are not looked through: it would take the time of the queries under test. */
const mostRows = 1_000_000;

/**
 * Looks for bad rows in the tables that a pipeline writes into the dataset `pipeline`, however they came there:
 * streamed, inserted by SQL or loaded. Only a table whose number of rows has changed since the last look is looked through.
 */
export class RowWatch {
  readonly #options: RowWatchOptions;
  readonly #rows = new Map<string, number>();
  readonly #timer: NodeJS.Timeout;
  #isLooking = false;
  #count = 0;

  constructor(options: RowWatchOptions) {
    this.#options = options;
    this.#timer = setInterval(() => void this.#look(), options.everyMs);
    this.#timer.unref();
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #look(): Promise<void> {
    const { warehouse, turns } = this.#options;
    if (this.#isLooking || !warehouse.isOpen) return;
    this.#isLooking = true;
    // A table that is dropped meanwhile is looked at no more.
    await turns.take(() => this.#lookThrough()).catch(() => undefined);
    this.#isLooking = false;
  }

  async #lookThrough(): Promise<void> {
    const { warehouse, isWatched } = this.#options;
    const schema = textLiteral(`${sandboxProject}.${firstDataset}`);
    const tables = await warehouse.run(
      `SELECT table_name, estimated_size FROM duckdb_tables() WHERE schema_name = ${schema} AND NOT ends_with(table_name, '_quarantine')`,
    );
    for (const [name, size] of await tables.getRowsJS()) {
      const table = typeof name === 'string' ? name : '';
      const rows = Number(size);
      if (!isWatched(table) || this.#rows.get(table) === rows) continue;
      this.#rows.set(table, rows);
      if (rows > 0 && rows <= mostRows) await this.#inspect(table);
    }
  }

  async #inspect(table: string): Promise<void> {
    const { warehouse, seen } = this.#options;
    const key = `rows_${++this.#count}`;
    const from = qualified({ dataset: firstDataset, table });
    await warehouse.withSession(async (session) => {
      await prepareLanding(session);
      const columns = await session.columns(`SELECT * FROM ${from}`);
      const findings = await findBadRows(session, { table: from, into: badTable(key), columns });
      const counted = await session.run(
        `SELECT (SELECT count(*) FROM ${badTable(key)}), (SELECT count(*) FROM ${from})`,
      );
      const [[badRows = 0, totalRows = 0] = []] = await counted.getRowsJS();
      if (Number(badRows) === 0) await session.run(`DROP TABLE ${badTable(key)}`);
      else seen({ table, key, badRows: Number(badRows), totalRows: Number(totalRows), findings });
    });
  }
}
