import type {
  DuckDBConnection,
  DuckDBMaterializedResult,
  DuckDBPreparedStatement,
  DuckDBType,
  DuckDBValue,
} from '@duckdb/node-api';

export type Result = DuckDBMaterializedResult;
export type ColumnType = DuckDBType;

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
}

/** One connection to the warehouse: a transaction and a cancel of its own. */
export class Session {
  readonly #connection: DuckDBConnection;
  #isInTransaction = false;

  constructor(connection: DuckDBConnection) {
    this.#connection = connection;
  }

  /** Runs one statement. The result stays with DuckDB until its chunks are asked for. */
  run(sql: string, values?: DuckDBValue[]): Promise<Result> {
    return this.#connection.run(sql, values);
  }

  /** The columns that a query would give, without running it. Throws what DuckDB finds wrong with it. */
  async columns(sql: string): Promise<readonly Column[]> {
    const statement = await this.#connection.prepare(sql);
    const columns = columnsOf(statement);
    statement.destroySync();
    return columns;
  }

  /** Whether there is a table, by its full name as SQL. */
  has(table: string): Promise<boolean> {
    return this.columns(`SELECT * FROM ${table}`).then(
      () => true,
      () => false,
    );
  }

  /** All or nothing: what `work` did is undone if it throws. Within another it is a part of that. */
  async transaction<Value>(work: () => Promise<Value>): Promise<Value> {
    if (this.#isInTransaction) return work();
    await this.run('BEGIN TRANSACTION');
    this.#isInTransaction = true;
    try {
      const value = await work();
      await this.run('COMMIT');
      return value;
    } catch (problem) {
      await this.run('ROLLBACK');
      throw problem;
    } finally {
      this.#isInTransaction = false;
    }
  }

  /** Ends the statement that runs, which then throws. Nothing happens if none does. */
  interrupt(): void {
    this.#connection.interrupt();
  }

  close(): void {
    this.#connection.closeSync();
  }
}

/** The columns of a result, or of a prepared statement. */
export function columnsOf(
  of: Pick<Result | DuckDBPreparedStatement, 'columnCount' | 'columnName' | 'columnType'>,
): readonly Column[] {
  return Array.from({ length: of.columnCount }, (_, index) => ({
    name: of.columnName(index),
    type: of.columnType(index),
  }));
}
