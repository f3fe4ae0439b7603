import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { target, workshop } from '../support/workshop-and-target.ts';

const plan = (rest: string) => `name: Small\ndefaults: { http: { baseUrl: "${target.url}" } }\n${rest}`;

describe('plan run', () => {
  it('runs every user and loop once over two workers, and keeps every sample', async () => {
    workshop.write(
      'plan.yaml',
      plan(
        'threadGroups: [{ name: Users, threads: 7, loops: 3, steps: [{ get: "/item/${__threadNum}", name: Item }] }]\n',
      ),
    );
    const { code, stdout } = await workshop.plan('run', 'plan.yaml', '--workers', '2', '--seed', '5');
    expect(code).toBe(0);
    expect(stdout.split('\n')[0]).toBe('Loading plan.yaml');
    const paths = target.requests.map(({ path }) => path).sort();
    expect(paths).toEqual([1, 2, 3, 4, 5, 6, 7].flatMap((n) => Array<string>(3).fill(`/item/${n}`)));
    const result = workshop.runJson();
    expect(result).toMatchObject({
      seed: 5,
      workers: 2,
      total: { count: 21, errors: 0 },
      users: { planned: 7, started: 7, finished: 7 },
    });
    const [header, ...rows] = workshop.jtl();
    expect(header).toBe(
      'timeStamp,elapsed,label,responseCode,responseMessage,threadName,dataType,success,failureMessage,bytes,sentBytes,grpThreads,allThreads,URL,Latency,IdleTime,Connect',
    );
    expect(rows).toHaveLength(21);
    expect(new Set(rows.map((row) => row.split(',')[5]))).toEqual(
      new Set([1, 2, 3, 4, 5, 6, 7].map((n) => `Users 1-${n}`)),
    );
    expect(readdirSync(join(workshop.folder, workshop.results())).sort()).toEqual([
      'plan.yaml',
      'run.json',
      'samples.jtl',
    ]);
  });

  it('hands what set-up exports to every user of every worker, and runs tear-down last', async () => {
    workshop.write(
      'plan.yaml',
      plan(`setUp: [{ get: /token, extract: { token: $.id }, export: [token] }]
threadGroups: [{ name: Users, threads: 4, steps: [{ get: "/use/\${token}" }] }]
tearDown: [{ delete: "/token/\${token}" }]
`),
    );
    expect((await workshop.plan('run', 'plan.yaml', '--workers', '2')).code).toBe(0);
    expect(target.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /token',
      ...Array<string>(4).fill('GET /use/42'),
      'DELETE /token/42',
    ]);
  });

  it('starts no load when set-up fails, says why, and still tears down', async () => {
    workshop.write(
      'plan.yaml',
      plan(
        'setUp: [{ get: /fail, name: Log in }, { get: /next }]\nthreadGroups: [{ name: G, steps: [{ get: /load }] }]\ntearDown: [{ get: /bye }]\n',
      ),
    );
    const { code } = await workshop.plan('run', 'plan.yaml');
    expect(code).toBe(99);
    expect(target.requests.map(({ path }) => path)).toEqual(['/fail', '/bye']);
    expect(workshop.runJson().verdict.reasons).toEqual([
      'set-up failed, so no load was started: Log in: 500 Internal Server Error',
    ]);
  });

  it('starts a group after another has ended', async () => {
    workshop.write(
      'plan.yaml',
      plan(`threadGroups:
  - { name: Second, startAfter: First, threads: 2, steps: [{ get: /second }] }
  - { name: First, threads: 3, loops: 2, steps: [{ get: /first }, { pause: 30ms }] }
`),
    );
    await workshop.plan('run', 'plan.yaml', '--workers', '2');
    expect(target.requests.map(({ path }) => path)).toEqual([
      ...Array<string>(6).fill('/first'),
      '/second',
      '/second',
    ]);
  });

  it.each([
    ['continue', ['/fail', '/after', '/fail', '/after']],
    ['startNextLoop', ['/fail', '/fail']],
    ['stopThread', ['/fail']],
    ['stopTest', ['/fail']],
    ['stopTestNow', ['/fail']],
  ])('after a failed sample, onError: %s', async (onError, expected) => {
    workshop.write(
      'plan.yaml',
      plan(
        `threadGroups: [{ name: G, loops: 2, onError: ${onError}, steps: [{ get: /fail }, { get: /after }] }]\n`,
      ),
    );
    const { code } = await workshop.plan('run', 'plan.yaml');
    expect(target.requests.map(({ path }) => path)).toEqual(expected);
    expect(code).toBe(onError.startsWith('stopTest') ? 99 : 0);
  });

  it('ends with 99 when a threshold fails, and says by how much', async () => {
    workshop.write(
      'plan.yaml',
      plan(
        'threadGroups: [{ name: G, loops: 4, steps: [{ get: /fail, name: F }, { get: /ok }] }]\nthresholds: [error_rate < 10%, "error_rate{name=F} >= 100%", p95(elapsed) < 1m]\n',
      ),
    );
    const { code, stdout } = await workshop.plan('run', 'plan.yaml');
    expect(code).toBe(99);
    expect(workshop.runJson().thresholds).toMatchObject([
      { passed: false, value: 0.5, limit: 0.1, unit: 'ratio' },
      { passed: true, value: 1 },
      { passed: true },
    ]);
    expect(stdout).toContain('✗ error_rate < 10%');
  });

  it('judges nothing without thresholds, and says what failed', async () => {
    workshop.write(
      'plan.yaml',
      plan('threadGroups: [{ name: G, loops: 3, steps: [{ get: /fail, name: F }] }]\n'),
    );
    const { code, stdout } = await workshop.plan('run', 'plan.yaml');
    expect(code).toBe(0);
    expect(stdout).not.toContain('passed');
    expect(stdout).toContain(
      `finished; nothing was judged
- not judged, as the plan has no thresholds
- 3 of 3 samples failed (100.00%)
- 3 × F: 500 Internal Server Error
`,
    );
    expect(workshop.runJson().verdict).toMatchObject({ passed: false, ending: 'notJudged', exitCode: 0 });
  });

  it('an empty run fails, whatever its thresholds', async () => {
    workshop.write(
      'plan.yaml',
      plan(
        'properties: { n: 0 }\nmetrics: { errs: { type: counter } }\nthreadGroups: [{ name: G, steps: [{ loop: "${n}", steps: [{ get: /a, after: [{ record: errs, value: 1 }] }] }] }]\nthresholds: [count(errs) < 10]\n',
      ),
    );
    const { code, stdout } = await workshop.plan('run', 'plan.yaml');
    expect([code, target.requests]).toEqual([99, []]);
    expect(stdout).toContain('failed (exit code 99)\n- no sample was taken\n');
    expect(workshop.runJson().thresholds).toMatchObject([{ passed: true, value: 0 }]);
  });

  it('takes JMeter’s habits', async () => {
    workshop.write(
      'x.yaml',
      plan(
        'properties: { a: {}, c: {} }\nthreadGroups: [{ name: G, steps: [{ get: "/${__P(a)}/${c}" }] }]\n',
      ),
    );
    const { code } = await workshop.plan('run', '-n', '-t', 'x.yaml', '-l', 'y.jtl', '-Ja=b', '-J', 'c=d');
    expect(code).toBe(0);
    expect(target.requests.map(({ path }) => path)).toEqual(['/b/d']);
    expect(workshop.jtl('y.jtl')).toHaveLength(2);
    expect(existsSync(join(workshop.folder, workshop.results(), 'samples.jtl'))).toBe(false);
  });

  it('refuses an existing -l file, appends to it or replaces it', async () => {
    workshop.write('x.yaml', plan('threadGroups: [{ name: G, steps: [{ get: / }] }]\n'));
    await workshop.plan('run', 'x.yaml', '-l', 'y.jtl');
    const refused = await workshop.plan('run', 'x.yaml', '-l', 'y.jtl');
    expect([refused.code, refused.stderr]).toEqual([
      104,
      expect.stringMatching(/y\.jtl.*--append.*--overwrite/s),
    ]);
    expect(target.requests).toHaveLength(1);
    await workshop.plan('run', 'x.yaml', '-l', 'y.jtl', '--append');
    expect(workshop.jtl('y.jtl')).toHaveLength(3);
    await workshop.plan('run', 'x.yaml', '-l', 'y.jtl', '--overwrite');
    expect(workshop.jtl('y.jtl')).toHaveLength(2);
  });

  it('shows no secret anywhere', async () => {
    workshop.write(
      'x.yaml',
      plan(
        'properties: { key: { secret: true, required: true } }\nthreadGroups: [{ name: G, steps: [{ get: { path: /x, query: { key: "${key}" } } }] }]\n',
      ),
    );
    const secret = 'hush & hush';
    const { stdout, stderr } = await workshop.plan('run', 'x.yaml', `-Jkey=${secret}`);
    expect(target.requests[0]!.path).toBe('/x?key=hush%20%26%20hush');
    const folder = join(workshop.folder, workshop.results());
    const everything = [
      stdout,
      stderr,
      ...readdirSync(folder).map((file) => workshop.read(join(workshop.results(), file))),
    ].join('\n');
    expect(everything).not.toMatch(/hush/);
    expect(everything).toContain('key=***');
  });

  it('explains a plan without its secrets', async () => {
    workshop.write(
      'x.yaml',
      plan(
        'properties: { key: { default: hush1, secret: true } }\nvariables: { copy: "a-${key}" }\nthreadGroups: [{ name: G, steps: [{ get: { path: "/x/${copy}", json: { p: "${key}" }, auth: { basic: { username: ann, password: "${key}" } } }, assert: [{ contains: "${key}" }] }] }]\n',
      ),
    );
    const { code, stdout, stderr } = await workshop.plan('explain', 'x.yaml');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).not.toContain('hush1');
    expect(stdout).toContain('password: ***');
  });

  it('repeats chance with the same seed', async () => {
    workshop.write(
      'x.yaml',
      plan(
        'threadGroups: [{ name: G, threads: 3, loops: 3, steps: [{ get: "/${__Random(1,1000000)}" }] }]\n',
      ),
    );
    const runs: string[][] = [];
    for (const workers of ['1', '2']) {
      target.requests.length = 0;
      await workshop.plan('run', 'x.yaml', '--seed', '9', '--workers', workers);
      runs.push(target.requests.map(({ path }) => path).sort());
    }
    expect(runs[0]).toEqual(runs[1]);
    expect(new Set(runs[0]).size).toBe(9);
  });

  it('writes a transaction’s row after its samples and leaves it out of the total', async () => {
    workshop.write(
      'x.yaml',
      plan(
        'threadGroups: [{ name: G, steps: [{ transaction: Both, steps: [{ get: /a }, { pause: 200ms }, { get: /b }] }] }]\n',
      ),
    );
    await workshop.plan('run', 'x.yaml');
    const rows = workshop
      .jtl()
      .slice(1)
      .map((row) => row.split(','));
    expect(rows.map(([, , label]) => label)).toEqual(['GET /a', 'GET /b', 'Both']);
    const [, , , code, message] = rows[2]!;
    expect([code, message]).toEqual(['200', '"Number of samples in transaction : 2']);
    expect(Number(rows[2]!.at(-2))).toBeGreaterThan(0); // the pause
    expect(workshop.runJson()).toMatchObject({ total: { count: 2 } });
  });
});

describe('the command', () => {
  it.each([
    [['rum', 'x.yaml'], 'Did you mean "run"?'],
    [['run', '--worker', '2', 'x.yaml'], '--workers'],
    [['run'], 'which plan?'],
    [['run', 'x.yaml', '--interval', '5'], '"5" has no unit'],
    [['run', 'missing.yaml'], 'missing.yaml'],
    [['run', 'x.yaml', '--append', '--overwrite'], 'exclude each other'],
    [['report', 'nowhere'], 'cannot read nowhere'],
  ])('%j is refused with 104: %s', async (args, message) => {
    const { code, stderr } = await workshop.plan(...args);
    expect(code).toBe(104);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('    at ');
  });

  it('reports mistakes of the form, the templates and the thresholds at once, before any load', async () => {
    workshop.write(
      'x.yaml',
      plan(
        'treadGroups: []\nthreadGroups: [{ name: G, threads: lots, steps: [{ get: "/${nope}" }, { gte: / }] }]\nthresholds: [p95(elapsd) < 1s]\n',
      ),
    );
    const { code, stderr } = await workshop.plan('run', 'x.yaml');
    expect(code).toBe(104);
    for (const part of ['"treadGroups"', 'lots', '"gte"', 'elapsd']) expect(stderr).toContain(part);
    expect(stderr.match(/^x\.yaml:\d+:\d+: /gm)).toHaveLength(4);
    expect(target.requests).toEqual([]);
  });

  it('makes a first plan that runs, and refuses to write over it', async () => {
    expect((await workshop.plan('init', 'mine.yaml')).code).toBe(0);
    expect((await workshop.plan('validate', 'mine.yaml')).stdout).toContain('mine.yaml is valid');
    expect(workshop.read('mine.yaml')).toMatch(/^# yaml-language-server: \$schema=\S+plan\.schema\.json\n/);
    const again = await workshop.plan('init', 'mine.yaml');
    expect([again.code, again.stderr]).toEqual([
      104,
      expect.stringContaining('mine.yaml exists already') as string,
    ]);
  });

  it('shows the same summary again from the folder, and counts a JTL anew', async () => {
    workshop.write(
      'x.yaml',
      plan('threadGroups: [{ name: G, loops: 5, steps: [{ get: /, name: Home }] }]\n'),
    );
    const run = await workshop.plan('run', 'x.yaml');
    const folder = workshop.results();
    const table = (text: string) =>
      text.slice(text.indexOf('times in ms'), text.indexOf('\n\n', text.indexOf('times in ms')));
    const again = await workshop.plan('report', folder, '--json', 'again.json');
    expect(table(again.stdout)).toBe(table(run.stdout));
    expect(JSON.parse(workshop.read('again.json'))).toEqual(workshop.runJson());
    const counted = await workshop.plan('report', join(folder, 'samples.jtl'));
    expect(counted.stdout).toMatch(/Home +5 +0\.00%/);
  });
});
