import { Readable } from 'node:stream';
import { Agent, request } from 'undici';
import { defaultsOf } from '../engine/model/json-schema.ts';
import type { OpenPart, SampleContext } from '../engine/model/sampler.ts';
import { GcsSampler } from '../samplers/gcs/gcs-sampler.ts';
import { endlessPieces } from '../samplers/gcs/payload/endless.ts';
import { gcsSchema, type GcsConfig } from '../samplers/gcs/schema.ts';
import { Sessions } from '../samplers/google/sessions.ts';
import { startSandboxProcess } from '../sandbox/child.ts';
import { machine } from './machine.ts';
import { numberOptions } from './options.ts';
import { median } from './statistics.ts';

/**
 * What the official client and the checksum cost an upload, against a bare undici request of the same stream: as ratios
 * of processor time within one run, the ways taking turns. The server is the sandbox, in a process of its own.
 *
 * `node dist/bench/storage-client.js --mb 256 --rounds 5`; with `--mb 1000 --rounds 1` it shows that memory stays flat.
 */

async function measure(): Promise<void> {
  const { mb, rounds } = numberOptions({ mb: 256, rounds: 5 });
  const size = mb * 1e6;
  const sandbox = await startSandboxProcess();
  const subjects = subjectsAt(sandbox.url, size);
  const spent = new Map(Object.keys(subjects).map((name): [string, number[]] => [name, []]));
  console.log(`${machine()}\n${mb} MB, ${rounds} rounds`);
  for (let round = 0; round <= rounds; round++) {
    for (const [name, upload] of Object.entries(subjects)) {
      const before = process.cpuUsage();
      await upload();
      const { user, system } = process.cpuUsage(before);
      // The first round only warms up.
      if (round > 0) spent.get(name)?.push((user + system) / 1000);
    }
  }
  await sandbox.stop();
  const bareMs = median(spent.get('bare undici') ?? []);
  for (const [name, times] of spent) {
    const ms = median(times);
    console.log(`${name.padEnd(34)} ${ms.toFixed(0).padStart(6)} ms CPU  ${(ms / bareMs).toFixed(2)} × bare`);
  }
  console.log(`most memory in RAM: ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MiB`);
  process.exit();
}

function subjectsAt(url: string, size: number): Readonly<Record<string, () => Promise<unknown>>> {
  const sampler = new GcsSampler({ pathOf: (path) => path }, new Sessions(() => new Uint8Array(), {}));
  const stream = { size, compressibility: 0, seed: 1 };
  const base = { ...defaultsOf(gcsSchema), endpoint: url, bucket: 'pipeline-landing', upload: 'x', stream };
  const upload = (config: Partial<GcsConfig>) => async () => {
    const outcome = await sampler.perform({ ...base, ...config } as GcsConfig, context);
    if (!outcome.ok) throw new Error(outcome.message);
  };
  const dispatcher = new Agent({ connections: 1 });
  const media = `${url}/upload/storage/v1/b/pipeline-landing/o?uploadType=media&name=bare`;
  return {
    'bare undici': async () => {
      const body = Readable.from(endlessPieces(stream, 0, size), { objectMode: false });
      const answer = await request(media, { method: 'POST', body, dispatcher });
      await answer.body.dump();
    },
    'gcs media': upload({ kind: 'media' }),
    'gcs multipart': upload({ kind: 'multipart' }),
    'gcs multipart, nothing compared': upload({ kind: 'multipart', validation: 'none' }),
    'gcs resumable': upload({ kind: 'resumable' }),
    'gcs resumable, chunks of 32MiB': upload({ kind: 'resumable', chunkSize: 2 ** 25 }),
    'gcs composite': upload({ kind: 'composite', parts: 4, validation: 'none' }),
  };
}

const part: OpenPart = { connected: () => undefined, firstByte: () => undefined, end: () => undefined };
const context: SampleContext = {
  user: { threadName: 'Bench 1-1', iteration: 0 },
  keepBody: false,
  keepHeaders: false,
  keepRequest: false,
  keepOfParts: null,
  connected: () => undefined,
  firstByte: () => undefined,
  ready: () => undefined,
  done: () => undefined,
  part: () => undefined,
  begin: () => part,
};

await measure();
