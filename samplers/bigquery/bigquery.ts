import { defineSampler } from '../../engine/model/sampler.ts';
import { preflight } from '../google/preflight.ts';
import { asRead } from './asked-facts.ts';
import { checkBigQuery, filesOfBigQuery, knownMistakes, operations } from './check.ts';
import { bigqueryMetrics } from './metrics.ts';
import { bigquerySchema } from './schema.ts';

/**
 * `bigquery`: one operation through the official client: a query, a load or extract job, streamed rows, datasets and tables.
 *
 * The sample lasts until the wished rows are there, or the job is done. Its code is the HTTP status; for a job that fails, BigQuery's reason.
 */
export const bigquery = defineSampler({
  kind: 'bigquery',
  example: `
- bigquery: SELECT 'Ada' AS name, 7 AS score
  name: One row
  defaults: { bigquery: { endpoint: '\${sandbox.bigquery}', project: '\${sandbox.project}' } }
  extract: { first: '$.rows[0].name', job: { header: x-bigquery-job-id } }
- bigquery:
    query: SELECT @least + 1 AS n
    parameters: { least: { type: INT64, value: '7' } }
    useQueryCache: false
    fetch: 100
    timeout: 30s
    endpoint: \${sandbox.bigquery}
    project: \${sandbox.project}
  name: With a parameter
  check: [{ jsonPath: '$.rows[0].n', equals: 8 }]
`,
  scalar: 'query',
  schema: bigquerySchema,
  exclusive: [operations],
  metrics: bigqueryMetrics,
  fillRead: asRead,
  check: checkBigQuery,
  files: filesOfBigQuery,
  checkKnown: knownMistakes,
  preflight: (known, read, proxies) => preflight(known, 'BIGQUERY_EMULATOR_HOST', { read, proxies }),
  label: (config) => {
    const [what = 'query'] = operations.filter((one) => config[one] !== undefined);
    const { query, file } = config;
    if (typeof query === 'string') return `bigquery ${query.trim().replace(/\s+/g, ' ').slice(0, 60)}`;
    return typeof file === 'string' ? `bigquery ${file}` : `bigquery ${what}`;
  },
  open: async (options) => {
    const [{ BigQuerySampler }, { loadLibrary }] = await Promise.all([
      import('./bigquery-sampler.ts'),
      import('./client.ts'),
    ]);
    const sampler = new BigQuerySampler(await loadLibrary(), options);
    await sampler.warmUp(options.known);
    return sampler;
  },
});
