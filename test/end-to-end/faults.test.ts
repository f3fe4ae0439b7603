import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { command, eventually } from '../support/plan-command.ts';
import { target, workshop } from '../support/workshop-and-target.ts';

const busy = (steps = '[{ get: /a }, { pause: 10ms }]') =>
  `name: Busy\ndefaults: { http: { baseUrl: "${target.url}" } }\nthreadGroups: [{ name: G, threads: 5, duration: 1m, steps: ${steps} }]\ntearDown: [{ get: /bye }]\n`;

/** Every row whole: the header, then lines of seventeen columns, the last one ended. */
function expectWholeLines(text: string): string[] {
  expect(text.endsWith('\n')).toBe(true);
  const rows = text.trimEnd().split('\n');
  for (const row of rows) expect(row.split(',')).toHaveLength(17);
  return rows.slice(1);
}

describe('a run that is cut short', () => {
  it('Ctrl-C once: iterations finish, tear-down runs, the report is whole, 105', async () => {
    workshop.write('x.yaml', busy('[{ get: /a }, { pause: 10ms }, { get: /b }]'));
    const { child, ended } = workshop.start(['run', 'x.yaml', '-l', 'x.jtl']);
    await eventually(() => target.requests.length > 50, 'fifty requests');
    child.kill('SIGINT');
    const { code, stdout, stderr } = await ended;
    expect(code).toBe(105);
    expect(stderr).toContain('SIGINT: finishing the iterations under way');
    expect(stdout).toContain('interrupted by SIGINT');
    const paths = target.requests.map(({ path }) => path);
    expect(paths.at(-1)).toBe('/bye');
    expect(paths.filter((path) => path === '/a')).toHaveLength(paths.filter((path) => path === '/b').length);
    expect(expectWholeLines(workshop.read('x.jtl'))).toHaveLength(target.requests.length);
    expect(workshop.runJson().total.count).toBe(target.requests.length - 1);
  });

  it.each(['SIGTERM', 'SIGHUP'] as const)('%s does the same', async (signal) => {
    workshop.write('x.yaml', busy());
    const { child, ended } = workshop.start(['run', 'x.yaml']);
    await eventually(() => target.requests.length > 20, 'twenty requests');
    child.kill(signal);
    expect((await ended).code).toBe(105);
    expect(workshop.runJson().verdict.reasons).toEqual([`interrupted by ${signal}`]);
  });

  it('Ctrl-C twice: out within a second though a server hangs, and the JTL is whole', async () => {
    workshop.write('x.yaml', busy('[{ get: /a }, { get: /slow }]'));
    const { child, said, ended } = workshop.start(['run', 'x.yaml', '-l', 'x.jtl']);
    await eventually(
      () => target.requests.filter(({ path }) => path === '/slow').length === 5,
      'five hanging requests',
    );
    child.kill('SIGINT');
    await eventually(() => said().includes('SIGINT'), 'the first signal is taken');
    const secondMs = performance.now();
    child.kill('SIGINT');
    const { code } = await ended;
    expect(performance.now() - secondMs).toBeLessThan(1500);
    expect(code).toBe(105);
    const rows = expectWholeLines(workshop.read('x.jtl'));
    expect(rows.filter((row) => row.includes(',GET /a,'))).toHaveLength(5);
    expect(target.requests.some(({ path }) => path === '/bye')).toBe(false);
  });

  it('a grace period ends what does not finish, and tear-down still runs', async () => {
    workshop.write('x.yaml', busy('[{ get: /slow }]'));
    const { child, ended } = workshop.start(['run', 'x.yaml', '--grace', '200ms']);
    await eventually(() => target.requests.length === 5, 'five hanging requests');
    child.kill('SIGINT');
    expect((await ended).code).toBe(105);
    expect(target.requests.at(-1)?.path).toBe('/bye');
    expect(workshop.runJson()).toMatchObject({ total: { count: 5, errors: 5 }, beside: [{ count: 1 }] });
  });

  it('kill -9: the JTL holds whole lines, at most the flush interval short', async () => {
    workshop.write('x.yaml', busy());
    const { child, ended } = workshop.start(['run', 'x.yaml', '-l', 'x.jtl']);
    await eventually(() => target.requests.length > 300, 'three hundred requests');
    const seen = target.requests.length;
    await new Promise((resolve) => setTimeout(resolve, 1000));
    child.kill('SIGKILL');
    await ended;
    const rows = expectWholeLines(workshop.read('x.jtl'));
    expect(rows.length).toBeGreaterThanOrEqual(seen);
  });

  it('kill -9 leaves no verdict: the report says so, and --plan judges what there is', async () => {
    const plan = `${busy()}thresholds: [error_rate < 1%, count > 1000000]\n`;
    workshop.write('x.yaml', plan);
    const { child, ended } = workshop.start(['run', 'x.yaml']);
    await eventually(() => target.requests.length > 50, 'fifty requests');
    await eventually(() => workshop.jtl().length > 10, 'ten rows');
    child.kill('SIGKILL');
    await ended;
    const folder = workshop.results();
    const report = await workshop.plan('report', folder);
    expect(report.code).toBe(0);
    expect(report.stdout).toContain('\n\nnot judged\n- not judged: the run did not come to its end');
    expect(report.stdout).not.toContain('passed');
    const judged = await workshop.plan('report', folder, '--plan', 'x.yaml');
    expect(judged.code).toBe(99);
    expect(judged.stdout).toContain('failed (exit code 99)\n- threshold failed: count > 1000000\n');
    workshop.write('x.yaml', plan.replace(', count > 1000000', ''));
    const passed = await workshop.plan('report', folder, '--plan', 'x.yaml');
    expect([passed.code, passed.stdout.trimEnd().split('\n').at(-1)]).toEqual([0, 'passed']);
  });

  it('a full disk from the start: no load, the message says what happened, 110', async () => {
    workshop.write('x.yaml', busy());
    const { code, stderr } = await workshop.plan('run', 'x.yaml', '-l', '/dev/full', '--append');
    expect(code).toBe(110);
    expect(stderr).toMatch(/\/dev\/full.*no space left on device/);
    expect(target.requests).toEqual([]);
  });

  it.skipIf(!existsSync('/usr/bin/prlimit'))(
    'a disk that fills up: the load stops, tear-down runs, whole lines are kept, 110',
    async () => {
      workshop.write('x.yaml', busy());
      const args = ['--fsize=20000', process.execPath, command, 'run', 'x.yaml', '-l', 'x.jtl'];
      const child = spawn('/usr/bin/prlimit', args, {
        cwd: workshop.folder,
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      let stderr = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
      const [code] = (await once(child, 'close')) as [number];
      expect(stderr).toMatch(/x\.jtl.*file too large.*kept/is);
      expect(code).toBe(110);
      expect(target.requests.at(-1)?.path).toBe('/bye');
      expect(expectWholeLines(workshop.read('x.jtl')).length).toBeGreaterThan(50);
    },
  );

  it('| head -2: the run goes on to its end', async () => {
    workshop.write('x.yaml', busy().replace('duration: 1m', 'duration: 3s'));
    const script = `"${process.execPath}" "${command}" run x.yaml --interval 200ms | head -2; echo "code \${PIPESTATUS[0]}" >&2`;
    const shell = spawn('bash', ['-c', script], { cwd: workshop.folder, stdio: ['ignore', 'pipe', 'pipe'] });
    let [stdout, stderr] = ['', ''];
    shell.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    shell.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    await once(shell, 'close');
    expect(stdout.trimEnd().split('\n')).toHaveLength(2);
    expect(stderr).toContain('code 0');
    const { total, users } = workshop.runJson();
    expect(total.count).toBe(target.requests.length - 1);
    expect(users).toMatchObject({ finished: 5 });
  });

  it('a server that is gone is measured, not lost', async () => {
    workshop.write('x.yaml', busy().replace('duration: 1m', 'loops: 3'));
    await target.stop();
    const { code, stdout } = await workshop.plan('run', 'x.yaml');
    expect(code).toBe(0);
    expect(workshop.runJson()).toMatchObject({
      total: { count: 15, errors: 15 },
      beside: [{ count: 1, errors: 1 }],
    });
    expect(stdout).toContain('connect.refused');
    expect(workshop.jtl()[1]).toContain('Non HTTP response code: java.net.ConnectException');
  });
});
