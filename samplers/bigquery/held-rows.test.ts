import { expect, it } from 'vitest';
import { clientFor, loadLibrary } from './client.ts';
import { HeldRows, heldRows } from './held-rows.ts';
import type { Exchange } from './exchange.ts';
import type { Transport } from './transport.ts';

// Nothing of it is asked for: the answer is there already.
const noExchange = {} as unknown as Exchange;
const rows = [{ f: [{ v: '1' }] }, { f: [{ v: '2' }] }];
const answer = {
  jobComplete: true,
  jobReference: { projectId: 'p', jobId: 'j' },
  schema: { fields: [{ name: 'n', type: 'INTEGER' }] },
  rows,
};

it('rows come through the official client as they are, and are not copied', async () => {
  const transport: Pick<Transport, 'send'> = {
    send: async () => Promise.resolve({ body: answer, statusCode: 200 }),
  };
  const client = clientFor(
    await loadLibrary(),
    { project: 'p', endpoint: 'http://127.0.0.1:1', location: '' },
    { transport: transport as Transport, exchange: noExchange },
  );
  const found: unknown[] = await client.query('SELECT 1', { autoPaginate: false, skipParsing: true });
  expect(found[0]).toBeInstanceOf(HeldRows);
  expect(heldRows(found[0])).toBe(rows);
});

it.each([
  [rows, rows],
  [undefined, []],
  ['text', []],
])('%j without the client are %j', (value, expected) => {
  expect(heldRows(value)).toEqual(expected);
});
