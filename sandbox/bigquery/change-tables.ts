import type { JsonObject } from '../json.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { qualified } from '../warehouse/names.ts';
import { columnsOf } from '../warehouse/session.ts';
import type { Result, Session } from '../warehouse/session.ts';
import type { DatasetFacts } from './dataset-facts.ts';
import type { Outcome } from './job.ts';
import { QueryError } from './query-error.ts';
import { changeView } from './views.ts';
import { widened } from './widened.ts';
import type { Made } from './sql/statement.ts';
import type { Translation } from './sql/translate.ts';

interface World {
  readonly warehouse: Warehouse;
  readonly facts: DatasetFacts;
}

/** Performs a statement that changes rows, tables or datasets. */
export async function changeTables(
  world: World,
  session: Session,
  translation: Translation,
): Promise<Outcome> {
  const { guard, target, type, made } = translation;
  if (type.endsWith('VIEW')) {
    await changeView(world, session, translation, made ? await fieldsOf(session, made) : {});
    return { columns: [] };
  }
  refuseViews(world.facts, translation);
  const wasThere = target !== undefined && (await session.has(qualified(target)));
  const rows = await session.transaction(async () => {
    if (guard !== undefined && (await session.run(guard)).rowCount > 0) {
      throw new QueryError('UPDATE/MERGE must match at most one source row for each target row');
    }
    return session.run(await statementOf(session, translation));
  });
  if (target) world.warehouse.changed(target);
  await note(world.facts, session, translation, wasThere);
  return outcomeOf(translation, rows);
}

/** A dataset with views is not empty. */
function refuseViews(facts: DatasetFacts, { type, dataset, sql }: Translation): void {
  if (type !== 'DROP_SCHEMA' || !dataset || sql.endsWith(' CASCADE')) return;
  if (facts.viewsOf(dataset.project, dataset.dataset).length > 0)
    throw new QueryError(`Dataset ${dataset.project}:${dataset.dataset} is still in use`, 'resourceInUse');
}

/** The columns of a table that is made of a query are of BigQuery's types. */
async function statementOf(session: Session, { sql, made }: Translation): Promise<string> {
  const query = made?.query;
  if (query === undefined) return sql;
  return sql.slice(0, -query.length) + (await widened(session, query));
}

/** Keeps what is said of tables and datasets besides their rows. */
async function note(
  facts: DatasetFacts,
  session: Session,
  translation: Translation,
  wasThere: boolean,
): Promise<void> {
  const { type, sql, target, made, dataset, datasetFields = {} } = translation;
  if (target && made && (!wasThere || sql.startsWith('CREATE OR REPLACE'))) {
    facts.made(target, await fieldsOf(session, made));
  }
  if (target && type === 'DROP_TABLE') facts.forgetTable(target);
  if (!dataset) return;
  const name = `${dataset.project}.${dataset.dataset}`;
  if (type === 'DROP_SCHEMA') facts.forgetDataset(name);
  else facts.change(name, datasetFields);
}

async function fieldsOf(session: Session, { fields, expires }: Made): Promise<JsonObject> {
  return expires === undefined ? fields : { ...fields, expirationTime: await epochMs(session, expires) };
}

async function epochMs(session: Session, sql: string): Promise<string> {
  const result = await session.run(`SELECT epoch_ms(CAST(${sql} AS TIMESTAMP WITH TIME ZONE))`);
  return String(Number((await result.getRowsJS())[0]?.[0]));
}

async function outcomeOf({ type }: Translation, rows: Result): Promise<Outcome> {
  const counts: Record<string, number> = { INSERT: 0, UPDATE: 0, DELETE: 0 };
  if (type === 'MERGE') {
    for (const [action] of await rows.getRowsJS()) {
      if (typeof action === 'string') counts[action] = (counts[action] ?? 0) + 1;
    }
  } else if (type === 'INSERT' || type === 'UPDATE' || type === 'DELETE') counts[type] = rows.rowsChanged;
  else return { columns: columnsOf(rows).slice(0, 0) };
  const dml = {
    insertedRowCount: String(counts['INSERT']),
    updatedRowCount: String(counts['UPDATE']),
    deletedRowCount: String(counts['DELETE']),
  };
  return { columns: [], dml, affectedRows: Object.values(counts).reduce((sum, count) => sum + count, 0) };
}
