import { Hono } from 'hono';
import { qualified, quoted } from '../warehouse/names.ts';
import { handler, numberIn, wantsInt64 } from './exchange.ts';
import type { Answer, Call, World } from './exchange.ts';
import { insertAll } from './insert-rows.ts';
import { insertBody, rowParameters } from './known-fields.ts';
import { pageToken } from './page-token.ts';
import { Pages } from './pages.ts';
import { textIn } from './parameters.ts';
import { invalid } from './query-error.ts';
import { columnsOfTable, tableOf } from './table-routes.ts';
import { refuseView } from './view-target.ts';

/** Rows of tables: list, and insert as a stream. */
export function rowRoutes(world: World): Hono {
  const app = new Hono();
  const at = '/projects/:project/datasets/:dataset/tables/:table';
  app.get(
    `${at}/data`,
    handler(world, { query: rowParameters }, (call) => rows(world, call)),
  );
  app.post(
    `${at}/insertAll`,
    handler(world, { body: insertBody }, async (call) => {
      const name = tableOf(call);
      refuseView(world.facts, name);
      await columnsOfTable(world, name);
      return insertAll(world, name, call.body);
    }),
  );
  return app;
}

/** `tabledata.list`. */
async function rows(world: World, call: Call): Promise<Answer> {
  const { query } = call;
  const name = tableOf(call);
  if (world.facts.viewOf(name)) throw invalid('Cannot list a table of type VIEW.');
  await columnsOfTable(world, name);
  const from = numberIn(query, 'pageToken') ?? numberIn(query, 'startIndex') ?? 0;
  const most = numberIn(query, 'maxResults') ?? 50_000;
  const wanted = textIn(query, 'selectedFields');
  const columns = wanted === undefined ? '*' : wanted.split(',').map(quoted).join(', ');
  return world.warehouse.withSession(async (session) => {
    const count = Number(
      (await (await session.run(`SELECT count(*) FROM ${qualified(name)}`)).getRowsJS())[0]?.[0],
    );
    const pages = new Pages(
      await session.run(`SELECT ${columns} FROM ${qualified(name)} LIMIT ${most} OFFSET ${from}`),
    );
    const page = await pages.page({ from: 0, most, int64Timestamps: wantsInt64(query, 'formatOptions.') });
    const next = from + page.rows.length;
    const isMore = page.rows.length > 0 && next < count;
    return {
      kind: 'bigquery#tableDataList',
      totalRows: String(count),
      rows: page.rows,
      ...(isMore && { pageToken: pageToken(next) }),
    };
  });
}
