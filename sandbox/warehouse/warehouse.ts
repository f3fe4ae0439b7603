import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import type { DuckDBInstance, DuckDBValue } from '@duckdb/node-api';
import { loadFile } from './load-file.ts';
import type { LoadedRows, LoadOptions } from './load-file.ts';
import { macros } from './macros.ts';
import { firstDataset, sandboxProject } from '../variables.ts';
import { qualified, schemaOf } from './names.ts';
import type { TableName } from './names.ts';
import { Session } from './session.ts';
import type { Result } from './session.ts';

export interface WarehouseOptions {
  /** Beyond it DuckDB moves what it can to a temporary folder. */
  readonly memoryLimitMiB?: number;
  readonly threads?: number;
}

const diskLimitMiB = 8192;

/**
 * The tables of the sandbox: one DuckDB in memory, loaded at the first use.
 *
 * It spills into a temporary folder, which goes when the warehouse closes or the process ends. Nothing is
 * fetched from a network.
 */
export class Warehouse {
  readonly #options: WarehouseOptions;
  #instance: Promise<DuckDBInstance> | undefined;
  #folder: string | undefined;
  readonly #versions = new Map<string, number>();

  constructor(options: WarehouseOptions = {}) {
    this.#options = options;
  }

  /** Whether anybody has used it yet. */
  get isOpen(): boolean {
    return this.#instance !== undefined;
  }

  /** A connection for one job; close it. */
  async connect(): Promise<Session> {
    this.#instance ??= this.#open();
    return new Session(await (await this.#instance).connect());
  }

  /** Runs one statement on a connection of its own. */
  run(sql: string, values?: DuckDBValue[]): Promise<Result> {
    return this.withSession((session) => session.run(sql, values));
  }

  /** Loads a file of rows into a table, which is made if it is not there. */
  async loadFile(options: LoadOptions): Promise<LoadedRows> {
    const loaded = await this.withSession((session) => loadFile(session, options));
    this.changed(options);
    return loaded;
  }

  /** To be told of every change of a table: results from before are then not used again. */
  changed(table: TableName): void {
    this.#versions.set(qualified(table), this.versionOf(table) + 1);
  }

  versionOf(table: TableName): number {
    return this.#versions.get(qualified(table)) ?? 0;
  }

  async withSession<Value>(work: (session: Session) => Promise<Value>): Promise<Value> {
    const session = await this.connect();
    try {
      return await work(session);
    } finally {
      session.close();
    }
  }

  async close(): Promise<void> {
    const instance = await this.#instance;
    this.#instance = undefined;
    instance?.closeSync();
    this.#removeFolder();
  }

  async #open(): Promise<DuckDBInstance> {
    const { memoryLimitMiB = 2048, threads = Math.min(4, availableParallelism()) } = this.#options;
    const { DuckDBInstance } = await import('@duckdb/node-api');
    this.#folder = mkdtempSync(join(tmpdir(), 'loadplan-warehouse-'));
    process.once('exit', () => this.#removeFolder());
    const instance = await DuckDBInstance.create(':memory:', {
      threads: String(threads),
      memory_limit: `${memoryLimitMiB}MiB`,
      temp_directory: this.#folder,
      max_temp_directory_size: `${diskLimitMiB}MiB`,
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
    });
    const connection = await instance.connect();
    for (const statement of [...settings, ...macros]) await connection.run(statement);
    connection.closeSync();
    return instance;
  }

  #removeFolder(): void {
    if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true });
    this.#folder = undefined;
  }
}

/** BigQuery sorts NULL before all values, and its session is in UTC. */
const settings = [
  `SET GLOBAL TimeZone = 'UTC'`,
  `SET GLOBAL default_null_order = 'nulls_first_on_asc_last_on_desc'`,
  `CREATE SCHEMA ${schemaOf(sandboxProject, firstDataset)}`,
];
