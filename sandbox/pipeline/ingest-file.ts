import { loadFile } from '../warehouse/load-file.ts';
import { fileStart } from '../warehouse/file-start.ts';
import { qualified, quoted, schemaOf, textLiteral } from '../warehouse/names.ts';
import type { TableName } from '../warehouse/names.ts';
import type { Session } from '../warehouse/session.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { findBadRows } from './bad-rows.ts';
import type { Finding } from './bad-rows.ts';
import { columnList, majorityColumns } from './column-types.ts';
import type { Landing } from './landing-path.ts';

export interface FileToIngest {
  readonly path: string;
  readonly format: Landing['format'];
  readonly target: TableName;
  /** Unlike that of any other file: the name of the tables it needs on the way. */
  readonly key: string;
}

export interface Ingested {
  readonly recordsTotal: number;
  /** Rows that are in the table now, bad ones included. */
  readonly recordsLoaded: number;
  /** Rows that could not be read, or not as what most of their column is. */
  readonly recordsRejected: number;
  readonly badRows: number;
  readonly findings: readonly Finding[];
  /** What was wrong with the first of the rejected rows. */
  readonly problems: readonly string[];
}

/** Whose tables nobody sees. */
const project = 'sandbox-internal';
const dataset = 'landing';

/**
 * Loads a file into a table, by way of a table of its own, where its bad rows are found. They go into the target like
 * the others, as in a pipeline that loads first and looks later; `setBadRowsAside` takes them out again.
 */
export async function ingestFile(warehouse: Warehouse, file: FileToIngest): Promise<Ingested> {
  return warehouse.withSession(async (session) => {
    await prepareLanding(session);
    const staged = { project, dataset, table: file.key };
    try {
      const { compression } = await fileStart(file.path);
      const columns = await majorityColumns(session, { ...file, compression });
      const { path, format } = file;
      const wanted = columns ? { columns } : {};
      const loaded = await loadFile(session, { ...staged, path, format, ...wanted, maxBadRows: Infinity });
      const counts = await deliver(session, file, qualified(staged));
      if (counts.badRows + loaded.badRows === 0) await session.run(`DROP TABLE ${badTable(file.key)}`);
      const findings = loaded.badRows > 0 ? [...counts.findings, rejected(loaded.badRows)] : counts.findings;
      return {
        recordsTotal: loaded.rows + loaded.badRows,
        recordsLoaded: loaded.rows,
        recordsRejected: loaded.badRows,
        badRows: counts.badRows,
        findings,
        problems: loaded.problems,
      };
    } finally {
      await session.run(`DROP TABLE IF EXISTS ${qualified(staged)}`);
      warehouse.changed(file.target);
    }
  });
}

function rejected(rows: number): Finding {
  return { column: '', problem: 'wrong_types', rows };
}

/** Into the target, and the bad ones into a table beside. */
async function deliver(session: Session, file: FileToIngest, staged: string) {
  const columns = await session.columns(`SELECT * FROM ${staged}`);
  const findings = await findBadRows(session, { table: staged, into: badTable(file.key), columns });
  const bad = await session.run(`SELECT count(*) FROM ${badTable(file.key)}`);
  const target = qualified(file.target);
  await session.run(`CREATE SCHEMA IF NOT EXISTS ${schemaOf(file.target.project, file.target.dataset)}`);
  await session.run(`CREATE TABLE IF NOT EXISTS ${target} AS SELECT * FROM ${staged} LIMIT 0`);
  await session.run(`INSERT INTO ${target} BY NAME SELECT * FROM ${staged}`);
  return { findings, badRows: Number((await bad.getRowsJS())[0]?.[0]) };
}

export interface SetAside extends Pick<FileToIngest, 'target' | 'key'> {
  readonly objectName: string;
  readonly executionId: string;
  readonly issueId: string;
  /** Rows that never came into the table: only what was wrong with them is known. */
  readonly rejected: readonly string[];
}

/**
 * Heals a table: takes the bad rows of a file out and puts them into `TABLE_quarantine`, as JSON, with the reason.
 * All at once: a query sees them in one place or in the other.
 */
export async function setBadRowsAside(warehouse: Warehouse, request: SetAside): Promise<void> {
  const { target, key, objectName, executionId, issueId } = request;
  const table = qualified(target);
  const quarantine = qualified({ ...target, table: `${target.table}_quarantine` });
  const origin = [objectName, executionId, issueId].map(textLiteral).join(', ');
  await warehouse.withSession(async (session) => {
    const columns = await badColumns(session, key);
    const equal = columns.map(({ name }) => `t.${quoted(name)} IS NOT DISTINCT FROM b.${quoted(name)}`);
    const fields = columns.map(({ name }) => `${quoted(name)} := ${quoted(name)}`);
    await session.transaction(async () => {
      await session.run(
        `CREATE TABLE IF NOT EXISTS ${quarantine} (reason VARCHAR, "row" VARCHAR, object_name VARCHAR, execution_id VARCHAR, issue_id VARCHAR, quarantined_at TIMESTAMP WITH TIME ZONE)`,
      );
      await session.run(
        `INSERT INTO ${quarantine} SELECT CASE WHEN "why?" = '' THEN 'duplicates' ELSE "why?" END, to_json(struct_pack(${fields.join(', ')}))::VARCHAR, ${origin}, now() FROM ${badTable(key)}`,
      );
      for (const problem of request.rejected) {
        await session.run(
          `INSERT INTO ${quarantine} SELECT 'wrong_types', ${textLiteral(problem)}, ${origin}, now()`,
        );
      }
      await session.run(`DELETE FROM ${table} AS t USING ${badTable(key)} AS b WHERE ${equal.join(' AND ')}`);
      // A row that was there twice stays once.
      await session.run(
        `INSERT INTO ${table} BY NAME SELECT DISTINCT ${columnList(columns)} FROM ${badTable(key)} WHERE "why?" = ''`,
      );
    });
    await session.run(`DROP TABLE ${badTable(key)}`);
  });
  warehouse.changed(target);
  warehouse.changed({ ...target, table: `${target.table}_quarantine` });
}

/** Makes the place for tables that nobody sees. */
export async function prepareLanding(session: Session): Promise<void> {
  await session.run(`CREATE SCHEMA IF NOT EXISTS ${schemaOf(project, dataset)}`);
}

/** The bad rows of a file, or of a table, until they are set aside. */
export function badTable(key: string): string {
  return qualified({ project, dataset, table: `${key}_bad` });
}

async function badColumns(session: Session, key: string) {
  const columns = await session.columns(`SELECT * FROM ${badTable(key)}`);
  return columns.filter(({ name }) => name !== 'why?' && name !== 'repeat?');
}
