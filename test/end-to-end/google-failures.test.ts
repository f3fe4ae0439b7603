import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Workshop } from '../support/plan-command.ts';

let workshop: Workshop;
beforeEach(() => (workshop = new Workshop()));
afterEach(() => workshop.clean());

interface Case {
  readonly what: string;
  /** The fault that the sandbox is asked for; without one the plan itself is wrong. */
  readonly fault?: string;
  readonly step: string;
  /** How many of the three attempts fail. */
  readonly failed: number;
  /** Named in the summary, in run.json and in the JTL. */
  readonly cause: string;
  /** Said in the JTL: what happened, and what to do where there is something to do. */
  readonly sentence: RegExp;
}

const query = 'bigquery: { query: SELECT 1 AS n, api: insert }';
const upload = (kind: string) => `gcs: { upload: x/a.bin, kind: ${kind}, stream: { size: 2MB } }`;
const load =
  'bigquery: { load: { table: pipeline.sales, from: { generate: facts, rows: 5k }, writeDisposition: WRITE_TRUNCATE } }';
const uploadPath = 'path: /upload/*, method: "*"';
const midUpload = `{ kind: resetMidUpload, afterBytes: 300000, ${uploadPath} }`;

const cases: readonly Case[] = [
  {
    what: 'a project that is not the account’s',
    step: 'bigquery: { query: SELECT 1 AS n, project: no-such-project }',
    failed: 3,
    cause: '403 accessDenied: Access Denied: Project no-such-project',
    sentence: /no-such-project.*Is the project the right one, and may the account run jobs in it/,
  },
  {
    what: 'a bucket that is not there',
    step: 'gcs: { upload: a, text: hello, bucket: no-such-bucket }',
    failed: 3,
    cause: '404 gs://no-such-bucket/a: notFound: The specified bucket does not exist.',
    sentence: /no-such-bucket/,
  },
  {
    what: 'a quota of BigQuery',
    fault: '{ kind: status, status: 403, reason: quotaExceeded, message: Quota exceeded, path: "*/jobs" }',
    step: query,
    failed: 1,
    cause: '403 quotaExceeded: Quota exceeded. A quota is used up',
    sentence: /A quota is used up: ask for less at a time, or for a larger quota/,
  },
  {
    what: 'a rate limit of Cloud Storage',
    fault: `{ kind: status, status: 429, reason: rateLimitExceeded, message: Slow down, ${uploadPath} }`,
    step: upload('multipart'),
    failed: 1,
    cause: '429 gs://pipeline-landing/x/a.bin: rateLimitExceeded: Slow down.',
    sentence: /retries: makes the client try again/,
  },
  {
    what: 'a server that hangs, BigQuery',
    fault: '{ kind: hang, path: "*/queries/*" }',
    step: query,
    failed: 1,
    cause: 'timeout.total: Read timed out',
    sentence: /timeout\.total: the operation on 127\.0\.0\.1:\d+ was not over within 1s/,
  },
  {
    what: 'a server that hangs, Cloud Storage',
    fault: `{ kind: hang, ${uploadPath} }`,
    step: upload('multipart'),
    failed: 1,
    cause: 'timeout.total: Read timed out',
    sentence: /timeout\.total: the operation on 127\.0\.0\.1:\d+ was not over within 1s/,
  },
  ...['media', 'multipart', 'resumable', 'composite'].map((kind) => ({
    what: `a connection that is reset in the middle: ${kind}`,
    fault: midUpload,
    step: upload(kind),
    failed: 1,
    cause: 'Connection reset',
    sentence: /^reset\.before_headers: 127\.0\.0\.1:\d+ reset the connection.*\d(MB|kB|KB) were sent/i,
  })),
  {
    what: 'a connection that is reset in the middle of a load',
    fault: '{ kind: resetMidUpload, afterBytes: 30000, path: "/upload/bigquery/*" }',
    step: load,
    failed: 1,
    cause: 'reset.before_headers: Connection reset',
    sentence: /^reset\.before_headers: 127\.0\.0\.1:\d+ reset the connection/,
  },
  ...['media', 'multipart', 'resumable'].map((kind) => ({
    what: `a checksum that differs: ${kind}`,
    fault: '{ kind: wrongChecksum, path: "/upload/*" }',
    step: upload(kind),
    failed: 1,
    cause: 'checksum.mismatch the service has crc32c AAAAAQ== for x/a.bin',
    sentence: /^checksum\.mismatch: the service has crc32c.*what was sent has \S+; the object .* was deleted/,
  })),
];

function planOf({ fault, step }: Case): string {
  const asked = fault === undefined ? '' : `, json: ${fault}`;
  const request = fault === undefined ? 'delete' : 'post';
  return `
name: What goes wrong
sandbox: true
defaults:
  bigquery: { project: "\${sandbox.project}", endpoint: "\${sandbox.bigquery}", timeout: 1s, statistics: false }
  gcs: { endpoint: "\${sandbox.storage}", bucket: "\${sandbox.bucket}", timeout: 1s }
setUp:
  # What is loaded or started at the first request is no part of the time limits.
  - bigquery: { query: SELECT 1 AS n, timeout: 1m }
  - gcs: { upload: first, text: hello, timeout: 1m }
  - ${request}: { path: "\${sandbox.url}/sandbox/faults"${asked} }
threadGroups:
  - { name: Users, loops: 3, steps: [{ ${step}, name: Attempt }] }
`;
}

/** The fields of a row of a JTL, quoted ones whole. */
function fieldsOf(row: string): string[] {
  return [...row.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, field = '']) =>
    field.replace(/^"|"$/g, '').replaceAll('""', '"'),
  );
}

/** Everything that a run has left behind, but for the plan. */
function left(): string {
  const folder = join(workshop.folder, workshop.results());
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'plan.yaml')
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n');
}

describe('what goes wrong with a service of Google’s', () => {
  it.each(cases)(
    '$what: has its cause in the summary, the JTL and run.json, and no sample is lost',
    async (one) => {
      workshop.write('plan.yaml', planOf(one));
      const { stdout, stderr, tookMs } = await workshop.plan('run', 'plan.yaml');
      expect(stderr).toBe('');
      const rows = workshop
        .jtl()
        .map(fieldsOf)
        .filter(([, , label]) => label === 'Attempt');
      const failures = rows.filter((row) => row[7] === 'false');
      expect([rows.length, failures.length]).toEqual([3, one.failed]);
      const result = workshop.runJson();
      const label = result.labels.find((row) => row.label === 'Attempt');
      expect([label?.count, label?.errors]).toEqual([3, one.failed]);
      const told = result.failures.filter((row) => row.label === 'Attempt');
      expect(told).toMatchObject([{ count: one.failed }]);
      expect(told[0]?.failure).toContain(one.cause);
      for (const row of failures) expect(row[8] || row[4]).toMatch(one.sentence);
      // The summary leaves out the middle of what is too long for a row.
      expect(stdout).toMatch(new RegExp(`${one.failed}\\s+Attempt: `));
      expect(stdout).toContain(one.cause.slice(0, 20));
      expect(tookMs).toBeLessThan(30_000);
    },
  );

  it('a query that is given up is cancelled', async () => {
    const hang = '{ kind: hang, path: "*/queries/*" }';
    const asksForCancel = '{ kind: delay, delayMs: 1, path: "*/jobs/*/cancel" }';
    const plan = planOf({
      what: '',
      fault: `[${hang}, ${asksForCancel}]`,
      step: query,
      failed: 1,
      cause: '',
      sentence: /./,
    });
    const check = `
tearDown:
  - get: "\${sandbox.url}/sandbox/faults"
    name: Faults that are left
    assert: [{ jsonPath: $.faults, maxLength: 0 }]
`;
    workshop.write('plan.yaml', plan + check);
    await workshop.plan('run', 'plan.yaml');
    const rows = workshop.jtl().map(fieldsOf);
    expect(
      rows.filter(([, , label, code]) => label === 'Faults that are left' && code === '200'),
    ).toHaveLength(1);
    expect(rows.find(([, , label]) => label === 'Faults that are left')?.[7]).toBe('true');
  });

  it.each([
    ['BigQuery', query, '"*/jobs"'],
    ['Cloud Storage', upload('multipart'), '/upload/*'],
  ])('a token that %s repeats is nowhere', async (_, step, path) => {
    const secret = 'a0AfH6SMBx7';
    const fault = `{ kind: status, status: 401, reason: authError, message: "Invalid token ya29.${secret}", path: ${path}, times: 3 }`;
    const listeners = `
listeners:
  [jtl-csv, json, summary, failures: 3, responses: { only: failed }, jtl-xml: { responseData: onError, requestHeaders: onError }]
`;
    const plan = planOf({ what: '', fault, step, failed: 3, cause: '', sentence: /./ });
    workshop.write('plan.yaml', plan + listeners);
    const { stdout, stderr } = await workshop.plan('run', 'plan.yaml');
    expect([stdout + stderr, left()].filter((text) => text.includes(secret))).toEqual([]);
    expect(left()).toContain('Invalid token ***');
    expect(left()).toContain('No credentials were sent: an endpoint');
  });
});

it('expect names the codes that mean success, of every sampler', async () => {
  workshop.write(
    'plan.yaml',
    `
name: Expected
sandbox: true
defaults:
  http: { baseUrl: '\${sandbox.url}' }
  bigquery: { endpoint: '\${sandbox.bigquery}', project: '\${sandbox.project}' }
  gcs: { endpoint: '\${sandbox.storage}', bucket: '\${sandbox.bucket}' }
threadGroups:
  - name: Users
    steps:
      - { bigquery: SELECT * FROM pipeline.no_such_table, expect: 404 }
      - { bigquery: { query: SELEC, api: insert }, expect: 4xx }
      - { bigquery: { load: { table: pipeline.sales, from: 'gs://\${sandbox.bucket}/none.csv' } }, expect: [404, notFound] }
      - { bigquery: { create: { dataset: pipeline } }, expect: 409 }
      - { gcs: { metadata: none }, expect: 404 }
      - { gcs: { deleteBucket: none }, expect: 404 }
      - healing-trigger:
          inject: { http: { method: POST, path: /nothing } }
          detect: { http: { path: /nothing } }
        expect: healing.not_injected
      - { process: { command: sh -c "exit 3" }, expect: 3 }
      - { bigquery: SELECT 1 AS n, expect: 404, name: Not expected }
`,
  );
  await workshop.plan('run', 'plan.yaml');
  const { folder } = workshop;
  const [run = ''] = readdirSync(join(folder, 'results'));
  const text = readFileSync(join(folder, 'results', run, 'run.json'), 'utf8');
  const { total } = JSON.parse(text) as { total: { count: number; errors: number } };
  expect([total.count, total.errors]).toEqual([9, 1]);
  const rows = readFileSync(join(folder, 'results', run, 'samples.jtl'), 'utf8');
  expect(rows).toContain('expected status 404, found 200');
});
