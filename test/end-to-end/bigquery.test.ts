import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { queryAnswer, ToldServer } from '../../samplers/bigquery/test-support/told-server.ts';
import { workshop } from '../support/workshop-and-target.ts';

let server: ToldServer | undefined;
afterEach(async () => {
  await server?.stop();
  server = undefined;
});

/** An environment in which there are no credentials, whatever the machine has. */
const bare = () => ({ HOME: workshop.folder, METADATA_SERVER_DETECTION: 'none' });

const plan = (more: object = {}) => ({
  name: 'Queries',
  defaults: { bigquery: { project: 'test-project', ...more } },
  threadGroups: [
    {
      name: 'Analysts',
      threads: 4,
      loops: 2,
      steps: ['SELECT 1', 'SELECT 2', 'SELECT 3'].map((query) => ({ bigquery: query })),
    },
  ],
});

describe('without any credentials', () => {
  it('a plan is refused at once, with one sentence that names the remedies', async () => {
    workshop.write('plan.yaml', JSON.stringify(plan()));
    const { code, stderr, tookMs } = await workshop.start(['run', 'plan.yaml', '--workers', '2'], bare())
      .ended;
    expect(code).toBe(104);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain('No Google credentials were found.');
    expect(stderr).toContain('gcloud auth application-default login');
    // The start of the process, on a busy machine; the official client alone would take 16 s.
    expect(tookMs).toBeLessThan(15_000);
    expect(existsSync(join(workshop.folder, 'results'))).toBe(false);
  });

  it('it is valid all the same, and runs where an endpoint needs none', async () => {
    server = await ToldServer.start(() => queryAnswer([1]));
    workshop.write('plan.yaml', JSON.stringify(plan({ endpoint: '${__P(endpoint,)}', statistics: false })));
    const validated = await workshop.start(['validate', 'plan.yaml'], bare()).ended;
    expect([validated.code, validated.stderr]).toEqual([0, '']);
    const run = await workshop.start(['run', 'plan.yaml', `-Jendpoint=${server.url}`], bare()).ended;
    expect([run.code, run.stderr]).toEqual([0, '']);
    expect(server.asked).toHaveLength(24);
  });
});

it('what BigQuery tells is in thresholds, in run.json and for extractors', async () => {
  server = await ToldServer.start(() =>
    queryAnswer([7], {
      cacheHit: false,
      totalBytesProcessed: '5000',
      totalBytesBilled: '10485760',
      totalSlotMs: '40',
    }),
  );
  const text = `
name: Told
price: { perTebibyte: 1048576 }
defaults: { bigquery: { project: p, endpoint: "${server.url}", statistics: false, useQueryCache: false } }
threadGroups:
  - name: Analyst
    steps:
      - bigquery: SELECT 7 AS n
        name: Seven
        extract: { n: '$.rows[0].n', job: { header: x-bigquery-job-id } }
      - bigquery: { query: 'SELECT @n AS n, "\${job}" AS j', parameters: { n: { type: INT64, value: '\${n}' } } }
thresholds:
  - max(bigquery_bytes_billed) <= 10485760
  - avg(bigquery_slot_ms) < 10ms
  - sum(bigquery_bytes_billed) <= 20MiB
  - sum(cost) <= 20
  - sum(cost){name=Seven} < 10
`;
  workshop.write('plan.yaml', text);
  const { code, stdout } = await workshop.plan('run', 'plan.yaml');
  expect(code).toBe(99);
  const { metrics, thresholds } = workshop.runJson();
  expect(JSON.stringify(metrics)).toContain('bigquery_bytes_processed');
  expect(thresholds).toMatchObject([
    { passed: true },
    { passed: false, value: 40 },
    { passed: true, value: 20_971_520 },
    { passed: true, value: 20 },
    { passed: false, value: 10 },
  ]);
  expect(stdout).toMatch(/^total +2 +21 MB +80ms +20$/m);
  const [, second] = server.asked;
  expect(JSON.parse(second?.body ?? '{}')).toMatchObject({
    query: 'SELECT @n AS n, "job-1" AS j',
    queryParameters: [{ name: 'n', parameterType: { type: 'INT64' }, parameterValue: { value: '7' } }],
  });
});

it.each([
  ['asks for what a threshold judges', ['sum(bigquery_bytes_billed) < 1GB'], 2, /^total +1 +10.5 MB/m],
  ['does not ask for what nobody judges', [], 1, /^billed and slot time: not known\n.*statistics: true/m],
])('%s', async (_, thresholds, requests, shown) => {
  const statistics = { query: { totalBytesBilled: '10485760', totalSlotMs: '7' } };
  server = await ToldServer.start(({ method }) =>
    method === 'POST' ? queryAnswer([1]) : { json: { status: { state: 'DONE' }, statistics } },
  );
  const steps = [{ bigquery: 'SELECT 1', extract: { n: '$.rows[0].n' } }];
  const defaults = { bigquery: { project: 'p', endpoint: server.url } };
  workshop.write(
    'plan.yaml',
    JSON.stringify({ name: 'Bill', defaults, threadGroups: [{ name: 'A', steps }], thresholds }),
  );
  const { code, stdout } = await workshop.plan('run', 'plan.yaml');
  expect([code, server.paths.length]).toEqual([0, requests]);
  expect(stdout).toMatch(shown);
});

it('every mistake is told before the run', async () => {
  const text = `
name: Mistakes
threadGroups:
  - name: Analyst
    steps:
      - bigquery: { project: p, endpoint: localhost }
      - bigquery: { query: SELECT 1, file: none.sql, project: p }
      - bigquery: { file: none.sql, project: p }
      - bigquery: SELECT 1
`;
  workshop.write('plan.yaml', text);
  const { code, stderr } = await workshop.plan('run', 'plan.yaml');
  expect(code).toBe(104);
  for (const expected of [
    'plan.yaml:6:',
    'nothing says what to do',
    'a step does one thing, found query and file',
    'nothing says which project to ask',
  ]) {
    expect(stderr).toContain(expected);
  }
});

it('which data are generated for a load job may be a variable', async () => {
  const text = `
name: Generated
sandbox: true
defaults: { bigquery: { project: "\${sandbox.project}", endpoint: "\${sandbox.bigquery}", defaultDataset: "\${sandbox.dataset}" } }
threadGroups:
  - name: Loader
    steps:
      - forEach: { in: [small, facts], as: which }
        steps:
          - bigquery: { load: { table: 'made_\${which}', from: { generate: '\${which}', rows: 20 } } }
          - bigquery: SELECT COUNT(*) AS n FROM made_\${which}
            assert: [{ jsonPath: '$.rows[0].n', equals: 20 }]
`;
  workshop.write('plan.yaml', text);
  const { code, stdout } = await workshop.plan('run', 'plan.yaml');
  expect([code, stdout]).toEqual([0, expect.not.stringContaining('unknown schema')]);
});
