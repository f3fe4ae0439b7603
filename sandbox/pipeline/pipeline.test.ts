import { afterEach, describe, expect, it } from 'vitest';
import type { Bucket } from '@google-cloud/storage';
import { gzipSync } from 'node:zlib';
import { sandboxTarget } from '../test-support/storage-targets.ts';
import type { StorageTarget } from '../test-support/storage-targets.ts';
import { storeOf } from '../app.ts';
import { settingsOf } from '../options.ts';
import type { StartOptions } from '../options.ts';
import { ObjectStore } from '../storage/object-store.ts';
import { qualified } from '../warehouse/names.ts';
import { Warehouse } from '../warehouse/warehouse.ts';
import { startPipeline } from './pipeline.ts';

interface Thing {
  readonly id: string;
  readonly status: string;
  readonly [field: string]: unknown;
}

let running: StorageTarget[] = [];
afterEach(async () => {
  await Promise.all(running.map(({ close }) => close()));
  running = [];
});

async function pipeline(options: StartOptions = {}) {
  const target = await sandboxTarget({ detectionMs: 30, healingMs: 30, auth: 'optional', ...options });
  running.push(target);
  const call = async (method: string, path: string, body?: unknown) => {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const reply = await fetch(`${target.origin}/api${path}`, { method, ...sent });
    return ((await reply.json()) as { data: Thing & { items: Thing[] } }).data;
  };
  const list = async (path: string) => (await call('GET', path)).items;
  const bucket: Bucket = target.storage.bucket('pipeline-landing');
  const upload = (name: string, content: string | Buffer) =>
    bucket.file(name).save(content, { resumable: false });
  return { call, list, upload, bucket, origin: target.origin };
}

/** Waits until there is something that fits. */
async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (const deadlineMs = performance.now() + 8000; ;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > deadlineMs) throw new Error('Nothing came.');
    await new Promise((next) => setTimeout(next, 10));
  }
}

const csv = (rows: number, spoil: (index: number) => string | undefined = () => undefined) =>
  `id,name,value\n${Array.from({ length: rows }, (_, n) => spoil(n) ?? `${n},name${n},${n % 50}.5`).join('\n')}\n`;
const jsonl = (rows: number) =>
  Array.from({ length: rows }, (_, n) => JSON.stringify({ id: n, value: n / 2 })).join('\n');

const ended = ({ list }: Awaited<ReturnType<typeof pipeline>>, name: string) =>
  until(async () => {
    const [found] = await list(`/executions?object_name=${encodeURIComponent(name)}`);
    return found && found.status !== 'running' ? found : undefined;
  });
const issueOf = ({ list }: Awaited<ReturnType<typeof pipeline>>, name: string, status: string) =>
  until(
    async () => (await list(`/healing/issues?object_name=${encodeURIComponent(name)}&status=${status}`))[0],
  );

describe('a table that a pipeline writes', () => {
  it('into which bad rows are written has an issue, and then not the rows', async () => {
    const objects = new ObjectStore({ keepBytes: 1000, nowEpochMs: () => Date.now() });
    const warehouse = new Warehouse();
    const settings = settingsOf({ detectionMs: 30, healingMs: 30 });
    const nowEpochMs = () => Date.now();
    const store = storeOf(settings, nowEpochMs);
    const made = startPipeline({ ...settings, store, objects, warehouse, nowEpochMs });
    store.of('pipelines').create({ target_dataset: 'pipeline', target_table: 'facts' }, nowEpochMs());
    const table = qualified({ dataset: 'pipeline', table: 'facts' });
    const other = qualified({ dataset: 'pipeline', table: 'other' });
    await warehouse.run(
      `CREATE TABLE ${other} AS SELECT range AS id, nullif(range, 7) AS value FROM range(100)`,
    );
    await warehouse.run(`CREATE TABLE ${table} AS SELECT range AS id, range % 10 AS value FROM range(100)`);
    await warehouse.run(`INSERT INTO ${table} VALUES (100, -7), (101, NULL), (102, 1000000)`);
    const found = await until(() =>
      Promise.resolve(
        [...store.of('issues').all()].find(
          ({ fields }) => fields['table'] === 'facts' && fields['healed_at'] !== null,
        ),
      ),
    );
    expect(found.fields).toMatchObject({ status: 'resolved', trigger: 'rows', records_affected: 3 });
    expect(await (await warehouse.run(`SELECT count(*), max(id) FROM ${table}`)).getRowsJson()).toEqual([
      ['100', '99'],
    ]);
    expect(await (await warehouse.run(`SELECT count(*) FROM ${other}`)).getRowsJson()).toEqual([['100']]);
    const aside = qualified({ dataset: 'pipeline', table: 'facts_quarantine' });
    expect(
      await (await warehouse.run(`SELECT reason, "row" FROM ${aside} ORDER BY "row"`)).getRowsJson(),
    ).toEqual([
      ['negative_values: value', '{"id":100,"value":-7}'],
      ['missing_values: value', '{"id":101,"value":null}'],
      ['outliers: value', '{"id":102,"value":1000000}'],
    ]);
    made.close();
    await warehouse.close();
  });
});

describe('a file in the landing bucket', () => {
  it.each([
    ['crm/orders/1.csv', csv(1200), 1200],
    ['crm/orders/1.csv.gz', gzipSync(csv(1200)), 1200],
    ['crm/orders/1.jsonl', jsonl(700), 700],
    ['crm/orders/1.json', `[${jsonl(700).replaceAll('\n', ',')}]`, 700],
  ])('%s is an execution with its true counts, in a source and a pipeline', async (name, content, rows) => {
    const world = await pipeline();
    await world.upload(name, content);
    const execution = await ended(world, name);
    expect(execution, JSON.stringify(execution)).toMatchObject({
      status: 'completed',
      records_total: rows,
      records_processed: rows,
      records_loaded: rows,
      records_bad: 0,
      target_table: 'orders',
    });
    const made = await world.call('GET', `/pipelines/${String(execution['pipeline_id'])}`);
    expect(made).toMatchObject({
      name: 'crm to orders',
      target_table: 'orders',
      source_id: execution['source_id'],
    });
    expect(await world.call('GET', `/sources/${String(execution['source_id'])}`)).toMatchObject({
      name: 'crm',
      type: 'GCS',
    });
    const tasks = await world.list(`/executions/${execution.id}/tasks`);
    expect(tasks.map(({ status }) => status)).toEqual(Array(4).fill('completed'));
    const validations = await world.list('/quality/validations?dataset=pipeline&table=orders');
    expect(validations).toMatchObject([
      { execution_id: execution.id, status: 'passed', score: 1, records_checked: rows },
    ]);
  });

  it('with bad rows is an issue, which is detected and healed, all with their ids', async () => {
    const world = await pipeline();
    const spoil = (n: number) =>
      n % 100 === 7 ? `${n},,1.5` : n % 100 === 8 ? `${n},x,-5` : n % 100 === 9 ? `${n},x,lots` : undefined;
    await world.upload('crm/orders/bad.csv', csv(1000, spoil));
    const execution = await ended(world, 'crm/orders/bad.csv');
    expect(execution).toMatchObject({
      status: 'completed',
      records_total: 1000,
      records_loaded: 990,
      records_rejected: 10,
      records_bad: 30,
    });
    const issue = await issueOf(world, 'crm/orders/bad.csv', 'resolved');
    expect(issue).toMatchObject({
      issue_type: 'data_quality',
      severity: 'medium',
      execution_id: execution.id,
      pipeline_id: execution['pipeline_id'],
      records_affected: 30,
      findings: [
        { column: 'name', problem: 'missing_values', rows: 10 },
        { column: 'value', problem: 'negative_values', rows: 10 },
        { column: '', problem: 'wrong_types', rows: 10 },
      ],
    });
    const times = [issue['injected_at'], issue['detected_at'], issue['healed_at']].map((time) =>
      Date.parse(String(time)),
    );
    expect(times[1]! - times[0]!).toBeGreaterThanOrEqual(30);
    expect(times[2]! - times[1]!).toBeGreaterThanOrEqual(30);
    expect(await world.call('GET', `/healing/executions/${String(issue['healing_id'])}`)).toMatchObject({
      status: 'completed',
      successful: true,
      issue_id: issue.id,
    });
    expect(await world.call('GET', `/executions/${execution.id}`)).toMatchObject({ issue_id: issue.id });
    expect(await world.list('/quality/issues?dataset=pipeline&table=orders')).toMatchObject([
      { healing_issue_id: issue.id, execution_id: execution.id, is_resolved: true },
    ]);
    expect(await world.list('/quality/validations?dataset=pipeline')).toMatchObject([
      { status: 'failed', records_failed: 30, score: 0.97 },
    ]);
  });

  it('stays as it is where self-healing is switched off, until somebody asks to fix it', async () => {
    const world = await pipeline();
    await world.call('PUT', '/config/features', { self_healing_enabled: false });
    await world.upload(
      'orders/bad.csv',
      csv(100, (n) => (n === 5 ? '5,,1' : undefined)),
    );
    const issue = await issueOf(world, 'orders/bad.csv', 'open');
    await new Promise((next) => setTimeout(next, 100));
    expect(await world.call('GET', `/healing/issues/${issue.id}`)).toMatchObject({
      status: 'open',
      healed_at: null,
    });
    await world.call('POST', `/healing/issues/${issue.id}/fix`);
    expect(
      await until(async () => {
        const now = await world.call('GET', `/healing/issues/${issue.id}`);
        return now['healed_at'] === null ? undefined : now;
      }),
    ).toMatchObject({ status: 'resolved' });
  });

  it.each([
    ['x/broken.parquet', 'no parquet at all', /parquet/i],
    ['x/broken.json', '{"a": 1', /json|malformed/i],
    ['x/rows.avro', 'Obj1', /Avro/],
    ['x/empty.csv', '', /is empty/],
  ])(
    '%s that cannot be read is a failed execution with its error, and is set aside',
    async (name, content, error) => {
      const world = await pipeline();
      await world.upload(name, content);
      const execution = await ended(world, name);
      expect(execution.status).toBe('failed');
      expect(execution['error']).toMatch(error);
      const issue = await issueOf(world, name, 'resolved');
      expect(issue).toMatchObject({ issue_type: 'pipeline_failure', execution_id: execution.id });
      expect((await world.bucket.getFiles())[0].map((file) => file.name)).toEqual([`_set_aside/${name}`]);
    },
  );

  it('that is larger than what is kept is a failed execution that says so', async () => {
    const world = await pipeline({ keepObjectBytes: 1000 });
    await world.upload('x/large.csv', csv(1000));
    expect((await ended(world, 'x/large.csv'))['error']).toMatch(/kept none: it keeps up to 1000 bytes/);
  });

  it('of another kind is stored and nothing more', async () => {
    const world = await pipeline();
    const before = (await world.list('/executions?limit=100')).length;
    await world.upload('perf/x.bin', 'abc');
    expect(await world.list('/executions?limit=100')).toHaveLength(before);
  });

  it('many of them are all there at the end, in one table', async () => {
    const world = await pipeline();
    const names = Array.from({ length: 12 }, (_, n) => `crm/many/${n}.csv`);
    await Promise.all(names.map((name) => world.upload(name, csv(100))));
    for (const name of names) expect((await ended(world, name)).status).toBe('completed');
    expect(await world.list('/pipelines?limit=100')).toHaveLength(37);
  });
});
