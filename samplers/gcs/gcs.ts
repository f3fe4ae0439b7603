import { defineSampler } from '../../engine/model/sampler.ts';
import { knownTargets, preflight } from '../google/preflight.ts';
import { sessionsOf } from '../google/sessions.ts';
import { checkGcs, filesOfGcs, knownMistakes } from './check.ts';
import { payloads } from './payload/payload-schema.ts';
import { gcsSchema, operations } from './schema.ts';

/**
 * `gcs`: one operation on Cloud Storage, with the requests of the official client.
 *
 * The code of a sample is the status of the last answer; what happens to the transport has JMeter's code and a failure that begins
 * with the cause, as with `http`. Retries are off unless asked for, so that times are those of one attempt.
 */
export const gcs = defineSampler({
  kind: 'gcs',
  example: `
- simple:
  defaults: { gcs: { endpoint: '\${sandbox.storage}', bucket: '\${sandbox.bucket}' } } # without endpoint: the real service
  steps:
    - gcs: { upload: docs/orders.csv, file: users.csv, contentType: text/csv }
      extract: { generation: $.generation }
    - gcs: { upload: docs/facts.parquet, generate: facts, rows: 1k, format: parquet } # made beforehand
    - gcs: { upload: docs/big.bin, stream: { size: 2MiB, compressibility: 0.5 }, chunkSize: 1MiB }
    - gcs: { upload: docs/parts.bin, stream: { size: 2MB }, kind: composite, parts: 4 }
    - gcs: docs/orders.csv # downloads it
    - gcs: { list: docs/, maxResults: 10 }
      assert: [{ jsonPath: '$.items[0].name', equals: docs/big.bin }]
    - gcs: { delete: docs/orders.csv }
    - gcs: { metadata: docs/orders.csv }
      expect: 404
    - gcs: { deleteAll: docs/ }
`,
  scalar: 'download',
  schema: gcsSchema,
  exclusive: [operations, payloads],
  metrics: {
    gcs_bytes: {
      type: 'counter',
      unit: 'bytes',
      description: 'Content uploaded or downloaded by gcs steps.',
    },
    gcs_bytes_per_second: {
      type: 'trend',
      unit: 'bytes/s',
      description: 'Throughput of each upload or download: content by the time of the sample.',
    },
    gcs_parts: { type: 'counter', unit: 'parts', description: 'Parts of composite uploads.' },
    gcs_rows: { type: 'counter', unit: 'rows', description: 'Generated rows that were uploaded.' },
    gcs_objects: { type: 'counter', unit: 'objects', description: 'Objects that were listed.' },
    gcs_retries: { type: 'counter', unit: 'requests', description: 'Requests that were sent again.' },
  },
  check: checkGcs,
  files: filesOfGcs,
  checkKnown: knownMistakes,
  preflight: (known, read, proxies) => preflight(known, 'STORAGE_EMULATOR_HOST', { read, proxies }),
  label: (config) => {
    const operation = operations.find((one) => config[one] !== undefined) ?? 'gcs';
    const name = config[operation];
    return `gcs ${operation} ${typeof name === 'string' ? name : ''}`.trim();
  },
  open: async (options) => {
    const { GcsSampler } = await import('./gcs-sampler.ts');
    const sessions = sessionsOf(options.readBytes, options.proxies);
    await sessions.warmUp(knownTargets(options.known).map(({ credentials }) => credentials));
    return new GcsSampler(options, sessions);
  },
});
