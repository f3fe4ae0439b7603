import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { workshop } from '../support/workshop-and-target.ts';

const plan = (steps: string, more = '') =>
  workshop.write('plan.yaml', `name: P\n${more}threadGroups:\n  - name: G\n    steps:\n${steps}`);

const rows = () =>
  workshop
    .read('p.jtl')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',').slice(2, 5).join(','));

it('a command is a sample: its exit code, its output, what it used, and no secret in any file', async () => {
  plan(
    `
      - process: { command: 'echo "{\\"n\\": 7}"; echo \${word} >&2; exit 5', shell: true }
        name: five
        expect: [0, 5]
        extract: { n: $.n }
      - process: { command: 'echo \${word} \${n} >&2; exit 6', shell: true, iterations: 2 }
        name: six
      - process: { command: [node, -e, 'setTimeout(() => 0, 200)'], warmUp: 1, iterations: 2 }
        name: several
`,
    `properties: { word: { default: open-sesame, secret: true } }
thresholds: ['min(process_wall) >= 1ms', 'max(process_cpu_time) < 60s', 'max(process_peak_memory) > 1000000']
listeners: [jtl-csv, json]
`,
  );
  const ended = await workshop.plan('run', 'plan.yaml', '-l', 'p.jtl');
  expect([ended.code, ended.stderr]).toEqual([0, '']);
  expect(rows()).toEqual([
    'five,5,exit code 5',
    'six,6,exit code 6',
    'six-run-1,6,exit code 6',
    'several,0,exit code 0',
    'several-run-1,0,exit code 0',
    'several-run-2,0,exit code 0',
  ]);
  expect(workshop.read('p.jtl')).toContain('run 1 of 2: exit code 6: *** 7');
  const files = [workshop.read('p.jtl'), workshop.read(join(workshop.results(), 'run.json')), ended.stdout];
  expect(files.filter((text) => text.includes('open-sesame'))).toEqual([]);
  const counts = (workshop.runJson().metrics ?? []).map((one) => [
    one.metric,
    'count' in one ? one.count : 0,
  ]);
  expect(counts).toContainEqual(['process_wall', 4]);
  expect(counts).toContainEqual(['process_cpu_time', 4]);
});

it('a mistake in a command is told before the run, with its place', async () => {
  plan(`
      - process: "echo 'a"
      - process: { command: [cat], shell: true, stdin: { file: none.txt } }
`);
  const ended = await workshop.plan('run', 'plan.yaml');
  expect(ended.code).toBe(104);
  expect(ended.stderr).toContain("plan.yaml:6:9: a quote is not closed in the command echo 'a");
  expect(ended.stderr).toContain('plan.yaml:7:9: a shell takes one text');
});

it('Ctrl-C lets a command finish; twice ends it, with all that it has started', async () => {
  const command = 'sleep 60 & echo $! > at-work.pid; wait';
  plan(`
      - process: { command: '${command}', shell: true }
        name: long
`);
  const { child, ended } = workshop.start(['run', 'plan.yaml', '-l', 'p.jtl']);
  const file = join(workshop.folder, 'at-work.pid');
  while (!existsSync(file) || readFileSync(file, 'utf8') === '') await pause(20);
  const status = `/proc/${readFileSync(file, 'utf8').trim()}/status`;
  child.kill('SIGINT');
  await pause(300);
  expect(existsSync(status)).toBe(true);
  child.kill('SIGINT');
  expect((await ended).code).toBe(105);
  await pause(100);
  const left = existsSync(status) ? readFileSync(status, 'utf8') : '';
  expect(left === '' || /^State:\s+Z/m.test(left)).toBe(true);
  expect(workshop.read('p.jtl')).toMatch(
    /,long,process\.interrupted,"the run was stopped, and the command with it",/,
  );
});

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

it('a command, what it started, and the sandbox end with the generator, even when that is killed', async () => {
  plan(
    `
      - process: { command: '(setsid sleep 300 & echo $! > away.pid) & sleep 300 & echo $! > inner.pid; echo $$ > outer.pid; echo \${sandbox.pid} > sandbox.pid; wait', shell: true }
`,
    'sandbox: true\n',
  );
  const { child, ended } = workshop.start(['run', 'plan.yaml']);
  const files = ['away.pid', 'inner.pid', 'outer.pid', 'sandbox.pid'];
  const written = (file: string) =>
    existsSync(join(workshop.folder, file)) && workshop.read(file).endsWith('\n');
  await vi.waitUntil(() => files.every(written), { timeout: 20_000, interval: 20 });
  const pids = files.map((file) => Number(workshop.read(file)));
  expect(pids.every(isAlive)).toBe(true);
  child.kill('SIGKILL');
  await ended;
  await vi.waitUntil(() => !pids.some(isAlive), { timeout: 10_000, interval: 20 });
});
