import type { ChildProcess } from 'node:child_process';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually, Workshop } from '../support/plan-command.ts';
import { Target } from '../support/target.ts';

let workshop: Workshop;
beforeEach(() => (workshop = new Workshop()));
afterEach(() => workshop.clean());

describe('things created on the sandbox', () => {
  const host = new Workshop();
  let sandbox: ChildProcess;
  let api: string;
  beforeAll(async () => {
    const { child, said } = host.start(['sandbox', '--no-auth']);
    sandbox = child;
    await eventually(() => said().includes('serves '), 'the sandbox is up');
    api = /serves (\S+)/.exec(said())?.[1] ?? '';
  });
  afterAll(() => {
    sandbox.kill('SIGINT');
    host.clean();
  });

  const total = async (path: string): Promise<number> => {
    const answer = (await (await fetch(`${api}${path}`)).json()) as { metadata: { total_items: number } };
    return answer.metadata.total_items;
  };

  const plan = (load: string) => `name: Creates
defaults: { http: { baseUrl: "${api}" } }
setUp:
  - post: { path: /sources, json: { name: shared, type: GCS } }
    expect: 201
    extract: { shared: $.data.source_id }
    export: [shared]
    cleanUp: [{ delete: '/sources/\${shared}', name: Delete shared, expect: 204 }]
threadGroups:
  - name: Creators
    threads: 4
    ${load}
    setUp:
      - post: { path: /sources, json: { name: own, type: API } }
        expect: 201
        extract: { source: $.data.source_id }
        cleanUp: [{ delete: '/sources/\${source}', name: Delete source, expect: 204 }]
    tearDown:
      - get: /sources/\${source}
    steps:
      - post: { path: /pipelines, json: { name: p, source_id: '\${source}' } }
        name: Create
        expect: 201
        extract: { pipeline: $.data.pipeline_id }
        cleanUp: [{ delete: '/pipelines/\${pipeline}', name: Delete, expect: 204 }]
      - get: /pipelines/\${missing}
        when: "\${missing} != ''"
      - get: /pipelines/none
        expect: [200, 404]
        extract: { missing: { jsonPath: $.data.pipeline_id, default: '' } }
        on:
          404: [{ get: /health, name: Not found }]
          2xx: [{ get: /health, name: Found }]
      - pause: 50ms
`;

  it('are all deleted when the plan is over; what it skipped is counted, and clean-up is not', async () => {
    const before = [await total('/pipelines'), await total('/sources')];
    workshop.write('x.yaml', plan('loops: 3'));
    const { code, stdout, stderr } = await workshop.plan('run', 'x.yaml', '--workers', '2');
    expect([code, stderr]).toEqual([0, '']);
    expect([await total('/pipelines'), await total('/sources')]).toEqual(before);
    const { skipped, cleanUp, total: sum, labels, users } = workshop.runJson();
    expect(skipped).toEqual([{ label: 'GET /pipelines/\${missing}', count: 12 }]);
    expect(cleanUp).toEqual({ registered: 17, done: 17, failed: 0, left: 0, firstFailure: '' });
    expect(Object.fromEntries(labels.map(({ label, count }) => [label, count]))).toEqual({
      Create: 12,
      'GET /pipelines/none': 12,
      'Not found': 12,
    });
    expect([sum.count, users.finished]).toEqual([36, 4]);
    expect(stdout).toContain('skipped\n     12  GET /pipelines/\${missing}\n');
    expect(stdout).toContain('clean-up: 17 of 17 done\n');
    const threads = workshop.jtl().map((row) => / (set-up|tear-down|clean-up),/.exec(row)?.[1] ?? '');
    expect(
      ['set-up', 'tear-down', 'clean-up'].map((part) => threads.filter((one) => one === part).length),
    ).toEqual([5, 4, 17]);
    const report = await workshop.plan('report', `${workshop.results()}/samples.jtl`);
    expect(report.stdout).toMatch(/^total +36 /m);
  });

  it('are all deleted after Ctrl-C', async () => {
    const before = [await total('/pipelines'), await total('/sources')];
    workshop.write('x.yaml', plan('duration: 1m'));
    const { child, ended } = workshop.start(['run', 'x.yaml']);
    await expect.poll(() => total('/pipelines'), { timeout: 20_000 }).toBeGreaterThan((before[0] ?? 0) + 20);
    child.kill('SIGINT');
    const { code } = await ended;
    expect(code).toBe(105);
    expect([await total('/pipelines'), await total('/sources')]).toEqual(before);
    const { cleanUp, total: sum } = workshop.runJson();
    expect(cleanUp).toMatchObject({ failed: 0, left: 0 });
    expect(cleanUp?.registered).toBe(cleanUp?.done);
    expect(cleanUp?.registered).toBeGreaterThan(20);
    expect(sum.errors).toBe(0);
  });
});

describe('users and their ends', () => {
  let target: Target;
  beforeEach(async () => (target = await Target.start()));
  afterEach(() => target.stop());
  const paths = () => target.requests.map(({ path }) => path);

  it('leave their clean-up when Ctrl-C comes twice, and the run says so', async () => {
    workshop.write(
      'x.yaml',
      `name: T
defaults: { http: { baseUrl: "${target.url}" } }
threadGroups:
  - { name: G, threads: 2, steps: [{ get: /a, cleanUp: [{ get: /after }] }, { get: /b, cleanUp: [{ get: /slow }] }] }
`,
    );
    const { child, ended } = workshop.start(['run', 'x.yaml']);
    await eventually(() => paths().filter((path) => path === '/slow').length === 2, 'clean-up has begun');
    child.kill('SIGINT');
    await new Promise((resolve) => setTimeout(resolve, 200));
    const startedAt = performance.now();
    child.kill('SIGINT');
    const { code, stderr } = await ended;
    expect(code).toBe(105);
    expect(performance.now() - startedAt).toBeLessThan(2000);
    const { cleanUp } = workshop.runJson();
    expect([cleanUp?.registered, cleanUp?.done, (cleanUp?.failed ?? 0) + (cleanUp?.left ?? 0)]).toEqual([
      4, 0, 4,
    ]);
    expect(cleanUp?.left).toBeGreaterThanOrEqual(2);
    expect(stderr).toMatch(/clean-up: .*of 4 were left undone/);
    expect(paths()).not.toContain('/after');
  });

  it('clean up also after the grace period, and after the plan stops at once', async () => {
    workshop.write(
      'x.yaml',
      `name: T
defaults: { http: { baseUrl: "${target.url}" } }
threadGroups:
  - { name: G, steps: [{ get: /a, cleanUp: [{ get: /after }] }, { get: /slow }, { get: /never }] }
  - { name: H, delay: 300ms, steps: [{ action: stopTestNow }] }
`,
    );
    const { code } = await workshop.plan('run', 'x.yaml');
    expect([code, paths()]).toEqual([99, ['/a', '/slow', '/after']]);
    expect(workshop.runJson().cleanUp).toMatchObject({ registered: 1, done: 1 });
  });

  it('whose set-up fails are told, counted and torn down; when all do, the run fails', async () => {
    workshop.write(
      'x.yaml',
      `name: T
defaults: { http: { baseUrl: "${target.url}" } }
threadGroups:
  - { name: G, threads: 3, setUp: [{ get: /fail }], tearDown: [{ get: /end }], steps: [{ get: /never }] }
`,
    );
    const { code, stderr, stdout } = await workshop.plan('run', 'x.yaml');
    expect(code).toBe(99);
    expect(paths().sort()).toEqual([...Array<string>(3).fill('/end'), ...Array<string>(3).fill('/fail')]);
    expect(stderr.trimEnd()).toBe(
      'set-up of a user of "G" failed, which ended the user: GET /fail: 500 Internal Server Error',
    );
    expect(stdout).toContain('set-up failed for 3 users');
    expect(workshop.runJson()).toMatchObject({
      total: { count: 0 },
      users: { started: 3, finished: 3, setUpFailed: 3 },
      verdict: { reasons: ['no user came through its set-up, so there was no load'] },
    });
  });
});
