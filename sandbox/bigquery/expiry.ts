import type { JsonObject } from '../json.ts';
import { qualified } from '../warehouse/names.ts';
import type { TableName } from '../warehouse/names.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { typesOf } from './bytes-read.ts';
import type { DatasetFacts } from './dataset-facts.ts';
import { layoutOf } from './layout.ts';
import { objectIn, textIn } from './parameters.ts';

interface World {
  readonly warehouse: Warehouse;
  readonly facts: DatasetFacts;
  readonly nowEpochMs: () => number;
}

/** Takes away the tables and the partitions whose time has come. Asked before each request, so that nobody meets them. */
export async function removeExpired(world: World): Promise<void> {
  for (const { name, fields } of world.facts.tables()) {
    const at = textIn(fields, 'expirationTime');
    if (at !== undefined && Number(at) <= world.nowEpochMs()) await drop(world, name);
    else if (objectIn(fields, 'timePartitioning')['expirationMs']) await dropPartitions(world, name, fields);
  }
}

async function drop({ warehouse, facts }: World, name: Required<TableName>): Promise<void> {
  facts.forgetTable(name);
  await warehouse.run(`DROP TABLE IF EXISTS ${qualified(name)}`);
  warehouse.changed(name);
}

async function dropPartitions(
  { warehouse, nowEpochMs }: World,
  name: Required<TableName>,
  fields: JsonObject,
): Promise<void> {
  const lifeMs = Number(textIn(objectIn(fields, 'timePartitioning'), 'expirationMs'));
  await warehouse.withSession(async (session) => {
    const layout = layoutOf(fields, await typesOf(session, qualified(name)));
    if (!layout) return;
    const end = `epoch_ms(CAST(${layout.span.high} AS TIMESTAMP))`;
    const result = await session.run(
      `DELETE FROM ${qualified(name)} WHERE ${end} + ${lifeMs} < ${nowEpochMs()}`,
    );
    if (result.rowsChanged > 0) warehouse.changed(name);
  });
}
