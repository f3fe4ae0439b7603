import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CompiledPool } from '../../engine/model/pool.ts';
import { poolMemory, sharedPool } from '../../engine/run/shared-pool.ts';
import { Target } from '../support/target.ts';
import { Workshop } from '../support/plan-command.ts';

const built = new URL('../../dist/engine/run/shared-pool.js', import.meta.url).href;

/** Takes from a shared pool until it is empty, and puts back entries of its own in between. */
const thread = `
const { parentPort, workerData: { pool, memory, built, index } } = require('node:worker_threads');
import(built).then(({ sharedPool }) => {
  const shared = sharedPool(pool, memory);
  const taken = [];
  for (let n = 0; n < 50; n++) {
    shared.append(['own-' + index + '-' + n]);
    taken.push(...shared.draw(1 + (n % 3), 'take', Math.random));
  }
  for (let more = shared.draw(2, 'take', Math.random); more.length > 0; more = shared.draw(2, 'take', Math.random)) taken.push(...more);
  parentPort.postMessage(taken);
});`;

describe('a pool that workers share', () => {
  it('never hands one entry to two of them', { timeout: 60_000 }, async () => {
    const sizes = fc.tuple(fc.integer({ min: 2, max: 4 }), fc.integer({ min: 0, max: 300 }));
    await fc.assert(
      fc.asyncProperty(sizes, async ([threads, size]) => {
        const values = Array.from({ length: size }, (_, n) => `id-${n}`);
        const pool: CompiledPool = {
          name: 'ids',
          share: 'all',
          max: 1000,
          unique: true,
          entryBytes: 16,
          values,
        };
        const memory = poolMemory(pool);
        const taken = await Promise.all(
          Array.from({ length: threads }, async (_, index) => {
            const worker = new Worker(thread, { eval: true, workerData: { pool, memory, built, index } });
            const result = await new Promise<string[]>((resolve, reject) => {
              worker.once('message', resolve).once('error', reject);
            });
            await worker.terminate();
            return result;
          }),
        );
        const all = taken.flat();
        expect(new Set(all).size).toBe(all.length);
        expect(all).toHaveLength(size + 50 * threads);
        expect(sharedPool(pool, memory).size).toBe(0);
      }),
      { numRuns: 8 },
    );
  });
});

describe('a plan with pools, draws and choices', () => {
  let workshop: Workshop;
  beforeEach(() => (workshop = new Workshop()));
  afterEach(() => workshop.clean());

  it('takes each entry once over all users of all workers', async () => {
    const target = await Target.start();
    workshop.write(
      'plan.yaml',
      `name: Take
pools: { ids: { share: all, values: [${Array.from({ length: 100 }, (_, n) => `id${n}`).join(', ')}] } }
threadGroups:
  - name: Users
    threads: 20
    loops: 8
    steps:
      - pool: ids
        take: id
      - if: "\${id} != ''"
        steps: [{ get: '${target.url}/\${id}' }]
`,
    );
    const { code, stderr } = await workshop.plan('run', 'plan.yaml', '--workers', '2');
    const paths = target.requests.map(({ path }) => path);
    await target.stop();
    expect([code, stderr]).toEqual([0, '']);
    expect(paths).toHaveLength(100);
    expect(new Set(paths).size).toBe(100);
  });

  const suite = `name: Quality
sandbox: true
defaults: { http: { baseUrl: "\${sandbox.api}", headers: { Authorization: 'Bearer \${token}' } } }
pools: { issue_ids: { max: 50 } }
setUp:
  - post: { path: /auth/token, json: { username: test_admin, password: test_password } }
    extract: { token: $.access_token }
    export: [token]
threadGroups:
  - name: Users
    threads: 4
    loops: 6
    steps:
      - draw: [dataset, table]
        from: { customer_data: [customers, addresses], sales_metrics: [daily_sales, monthly_sales] }
      - draw: kind
        from: [data_quality, performance]
        weights: [3, 1]
      - get:
          path: /healing/issues
          query: { limit: 5, offset: { $chance: 50%, value: '0' }, start: { $when: "\${kind} == 'performance'", value: '2020-01-01' } }
        name: List issues
        tags: [issues, read]
        extract: { ids: { jsonPath: '$.data.items[*].id', match: all } }
        after: [{ pool: issue_ids, appendAll: ids }]
      - pool: issue_ids
        pick: issueId
      - if: "\${issueId} != '' && \${__poolSize(issue_ids)} >= 1"
        steps:
          - get: /healing/issues/\${issueId}
            name: One issue
            tags: [issues, read]
      - get: /healing/config
        name: Settings
        tags: [config]
        expect: [200, 404]
        chance: 0%
      - set: { settings: '{"level":"INFO","features":{"email":true}}' }
      - change: settings
        merge: { retries: { $number: '\${__Random(1,5)}' } }
      - change: settings
        beneath: features
        toggle: random
      - post:
          path: /echo
          json:
            issue_type: '\${kind}'
            settings: { $json: '\${settings}' }
            detail: { $switch: '\${kind}', cases: { performance: { slow: true } }, default: { rows: 3 } }
        name: Detect
        tags: { area: detect }
        expect: 200
        every: 3
`;

  it('runs whole on the sandbox', async () => {
    workshop.write('plan.yaml', suite);
    const { code, stderr } = await workshop.plan('run', 'plan.yaml', '--seed', '7');
    expect([code, stderr]).toEqual([0, '']);
    const { labels, total } = workshop.runJson();
    const counts = Object.fromEntries(labels.map(({ label, count }) => [label, count]));
    expect(counts).toEqual({ 'List issues': 24, 'One issue': 24, Detect: 8 });
    expect(total.errors).toBe(0);
  });

  it('runs only the steps of the chosen tags, and explains what is left', async () => {
    workshop.write('plan.yaml', suite);
    const chosen = ['plan.yaml', '--tags', 'read,area=detect', '--exclude-tags', 'area=detect'];
    const explained = await workshop.plan('explain', ...chosen);
    expect(explained.stdout).toContain('http: One issue');
    expect(explained.stdout).not.toContain('http: Detect');
    expect((await workshop.plan('run', ...chosen)).code).toBe(0);
    const { labels } = workshop.runJson();
    expect(labels.map(({ label }) => label).toSorted()).toEqual(['List issues', 'One issue']);
    const wrong = await workshop.plan('run', 'plan.yaml', '--tags', 'reed');
    expect([wrong.code, wrong.stderr]).toEqual([
      104,
      '--tags: no step of the load has the tag "reed". Did you mean "read"?\n',
    ]);
  });
});
