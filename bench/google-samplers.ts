import { Agent, request, type Dispatcher } from 'undici';
import { defaultsOf } from '../engine/model/json-schema.ts';
import type { OpenPart, SampleContext } from '../engine/model/sampler.ts';
import { BigQuerySampler } from '../samplers/bigquery/bigquery-sampler.ts';
import { loadLibrary } from '../samplers/bigquery/client.ts';
import { bigquerySchema, type BigQueryConfig } from '../samplers/bigquery/schema.ts';
import { GcsSampler } from '../samplers/gcs/gcs-sampler.ts';
import { gcsSchema, type GcsConfig } from '../samplers/gcs/schema.ts';
import { Sessions } from '../samplers/google/sessions.ts';
import { machine } from './machine.ts';
import { numberOptions } from './options.ts';
import { startGoogleServer } from './google-server.ts';
import { median } from './statistics.ts';

/**
 * What a sample of Google's samplers costs in processor time of the process, against a bare undici request that sends and receives the
 * same bytes: one user, a server that answers at once in a process of its own, the ways taking turns within one run.
 *
 * `node dist/bench/google-samplers.js --samples 2000 --rounds 7`
 */
const { samples, rounds } = numberOptions({ samples: 2000, rounds: 7 });

type Perform = () => Promise<void>;

/** A sampler, and the bare requests that stand for it. */
interface Pair {
  readonly name: string;
  readonly sampler: Perform;
  readonly bare: Perform;
}

const nothing = () => undefined;
const part: OpenPart = { connected: nothing, firstByte: nothing, end: nothing };
const context: SampleContext = {
  user: { threadName: 'Bench 1-1', iteration: 0 },
  ...{ keepBody: false, keepHeaders: false, keepRequest: false, keepOfParts: null },
  ...{ connected: nothing, firstByte: nothing, ready: nothing, done: nothing, part: nothing },
  begin: () => part,
};
const noFile = () => {
  throw new Error('no file is read');
};

async function pairsAt(origin: string): Promise<readonly Pair[]> {
  const sessions = new Sessions(noFile, {});
  const gcs = new GcsSampler({ pathOf: (path) => path }, sessions);
  const bigquery = new BigQuerySampler(await loadLibrary(), { readBytes: noFile }, { sessions });
  const text = 'x'.repeat(1000);
  const upload = { ...defaultsOf(gcsSchema), endpoint: origin, bucket: 'b', upload: 'object', text };
  const query = { ...defaultsOf(bigquerySchema), endpoint: origin, project: 'bench' };
  const ofGcs = (config: Partial<GcsConfig>) => async () => {
    checked(await gcs.perform({ ...upload, ...config } as GcsConfig, context));
  };
  const ofBigQuery = (config: Partial<BigQueryConfig>) => async () => {
    checked(await bigquery.perform({ ...query, ...config } as BigQueryConfig, context));
  };
  const pairs: readonly (readonly [name: string, sampler: Perform])[] = [
    ['bigquery dry run', ofBigQuery({ query: 'SELECT 1', dryRun: true })],
    ['bigquery tiny query', ofBigQuery({ query: 'SELECT 1' })],
    ['gcs media, 1 kB', ofGcs({ kind: 'media' })],
    ['gcs multipart, 1 kB', ofGcs({ kind: 'multipart' })],
    ['gcs resumable, 1 kB', ofGcs({ kind: 'resumable' })],
    ['gcs metadata', async () => checked(await gcs.perform(askMetadata(upload), context))],
  ];
  const found: Pair[] = [];
  for (const [name, sampler] of pairs) found.push({ name, sampler, bare: await bareOf(origin, sampler) });
  return found;
}

function askMetadata({
  endpoint,
  bucket,
}: {
  readonly endpoint: string;
  readonly bucket: string;
}): GcsConfig {
  return { ...defaultsOf(gcsSchema), endpoint, bucket, metadata: 'object' } as GcsConfig;
}

function checked({ ok, message }: { readonly ok: boolean; readonly message: string }): void {
  if (!ok) throw new Error(message);
}

/** Bare requests with the very bytes that a sampler sends: the server tells what it was sent. */
async function bareOf(origin: string, sampler: Perform): Promise<Perform> {
  await sampler();
  await forget(origin);
  await sampler();
  const answer = await request(`${origin}/bench/sent`);
  const sent = (await answer.body.json()) as readonly SentBytes[];
  const dispatcher = new Agent({ connections: 1 });
  return async () => {
    for (const { method, path, headers, body } of sent) {
      const options = { method, headers, dispatcher, body: body || null };
      await (await request(origin + path, options)).body.text();
    }
  };
}

interface SentBytes {
  readonly method: Dispatcher.HttpMethod;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

async function forget(origin: string): Promise<void> {
  await (await request(`${origin}/bench/forget`)).body.dump();
}

async function cpuUsOf(perform: Perform): Promise<number> {
  const before = process.cpuUsage();
  for (let sample = 0; sample < samples; sample++) await perform();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / samples;
}

/** One row of the table. */
async function compared({ name, sampler, bare }: Pair): Promise<string> {
  const readings: { readonly own: number; readonly bare: number }[] = [];
  for (let round = 0; round <= rounds; round++) {
    const reading = { own: await cpuUsOf(sampler), bare: await cpuUsOf(bare) };
    if (round > 0) readings.push(reading);
  }
  const own = median(readings.map((one) => one.own));
  const bareUs = median(readings.map((one) => one.bare));
  const ratio = median(readings.map((one) => one.own / one.bare));
  return `| ${name} | ${own.toFixed(0)} | ${bareUs.toFixed(0)} | ${ratio.toFixed(2)} |`;
}

const server = await startGoogleServer();
try {
  console.log(`${machine()}\n${samples} samples, ${rounds} rounds; two before them only warm up`);
  console.log('\n| | CPU of the sampler, µs | of bare requests, µs | ratio |\n|---|---|---|---|');
  const pairs = await pairsAt(server.origin);
  for (const { sampler, bare } of pairs) await Promise.all([cpuUsOf(sampler), cpuUsOf(bare)]);
  for (const pair of pairs) console.log(await compared(pair));
} finally {
  await server.stop();
}
process.exit();
