import type { JsonObject } from '../json.ts';
import { qualified } from '../warehouse/names.ts';
import type { TableName } from '../warehouse/names.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { Session } from '../warehouse/session.ts';
import { typesOf } from './bytes-read.ts';
import { widened } from './widened.ts';
import { factName } from './dataset-facts.ts';
import type { DatasetFacts } from './dataset-facts.ts';
import { tableIn } from './table-reference.ts';
import { layoutOf } from './layout.ts';
import { objectIn, textIn } from './parameters.ts';
import { alreadyExists, invalid, notFound } from './query-error.ts';
import type { Translation } from './sql/translate.ts';
import { refuseView } from './view-target.ts';

interface World {
  readonly warehouse: Warehouse;
  readonly facts: DatasetFacts;
}

/** Whether a query writes its result into a table. */
export function hasDestination(query: JsonObject): boolean {
  return textIn(objectIn(query, 'destinationTable'), 'tableId') !== undefined;
}

/** Writes the result into the table that was asked for. */
export async function storeResult(
  world: World,
  session: Session,
  { sql }: Translation,
  query: JsonObject,
): Promise<void> {
  await writeRows(world, session, query, { sql, how: 'WRITE_EMPTY' });
}

/** Writes the rows of a query into `destinationTable`, by the dispositions that were asked for. */
export async function writeRows(
  { warehouse, facts }: World,
  session: Session,
  wish: JsonObject,
  { sql, how: usual }: { sql: string; how: string },
): Promise<void> {
  const table = tableIn(wish, 'destinationTable');
  refuseView(facts, table);
  const name = qualified(table);
  const how = textIn(wish, 'writeDisposition') ?? usual;
  const said = `Table ${table.project}:${table.dataset}.${table.table}`;
  await session.transaction(async () => {
    const exists = await session.has(name);
    if (!exists && textIn(wish, 'createDisposition') === 'CREATE_NEVER') throw notFound(said);
    if (!exists || how === 'WRITE_TRUNCATE')
      await session.run(`CREATE OR REPLACE TABLE ${name} AS ${await widened(session, sql)}`);
    else {
      const rows = (await session.run(`SELECT 1 FROM ${name} LIMIT 1`)).rowCount;
      if (rows > 0 && how === 'WRITE_EMPTY') throw alreadyExists(said);
      await session.run(`INSERT INTO ${name} ${sql}`);
    }
    await layOut({ facts }, session, table, { wish, isNew: !exists });
  });
  warehouse.changed(table);
}

const layoutFields = ['timePartitioning', 'rangePartitioning', 'clustering'] as const;

/** Checks the partitions and clusters that a job asks for, and keeps them where it made the table. */
export async function layOut(
  { facts }: { facts: DatasetFacts },
  session: Session,
  table: Required<TableName>,
  { wish, isNew }: { wish: JsonObject; isNew: boolean },
): Promise<void> {
  const asked = Object.fromEntries(
    layoutFields.flatMap((field) => (wish[field] === undefined ? [] : [[field, wish[field]] as const])),
  );
  const columns = await typesOf(session, qualified(table));
  const before = isNew ? {} : facts.of(factName(table)).fields;
  layoutOf({ ...before, ...asked }, columns);
  if (isNew) facts.made(table, asked);
  else if (Object.keys(asked).length > 0) checkSame(before, asked);
}

/** The partitions of a table that is there stay as they are. */
function checkSame(before: JsonObject, asked: JsonObject): void {
  for (const field of ['timePartitioning', 'rangePartitioning'] as const) {
    if (asked[field] === undefined) continue;
    const [old, wanted] = [objectIn(before, field), objectIn(asked, field)];
    if (textIn(old, 'field') === textIn(wanted, 'field')) continue;
    throw invalid(
      `Incompatible table partitioning specification. The table's ${field} is ${JSON.stringify(before[field] ?? null)}, the job asks for ${JSON.stringify(wanted)}.`,
    );
  }
}
