import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { RunResult } from '../../engine/model/run-result.ts';
import type { PlanRun as BuiltRun } from '../../engine/run/plan-run.ts';
import type { PlanRunOptions } from '../../engine/run/plan-run-options.ts';
import { eventually } from '../support/plan-command.ts';
import { prepareYaml } from '../support/prepare-yaml.ts';
import { target, workshop } from '../support/workshop-and-target.ts';

/** Four users; the second breaks at its third loop. */
const plan = (script: string, given = '') => `
name: Lost
defaults: { http: { baseUrl: "${target.url}" } }
threadGroups:
  - name: Users
    threads: 4
    loops: 20
    steps:
      - get: /a
      - pause: 10ms
      - if: "\${__threadNum} == 2 && \${__jm__Users__idx} == 2"
        steps: [{ script: "${script}", name: Break }]
${given}tearDown: [{ get: /bye }]
`;

/** Rows of the load: set-up and tear-down are beside it. */
const rowsOf = (jtl: string) =>
  workshop
    .read(jtl)
    .trimEnd()
    .split('\n')
    .filter((row) => row.includes(',Users 1-'));

/** What was sent is at least what was reported; the JTL and run.json say the same. */
function expectNothingInvented(jtl: string): RunResult['lost'] {
  const { total, lost } = workshop.runJson();
  const sent = target.requests.filter(({ path }) => path === '/a').length;
  expect(rowsOf(jtl)).toHaveLength(total.count);
  expect(total.count + (lost?.samples ?? 0)).toBeLessThanOrEqual(sent);
  return lost;
}

describe('a worker that is lost is replaced, and what was lost is counted', () => {
  it.each([
    ['that computes for ever', 'for(;;){}', '', /worker 1 of 1 was stuck for .*"Break" .*user "Users 1-2"/],
    [
      'that ends its thread',
      'process.exit(3)',
      '--workers=2',
      /worker 2 of 2 ended early: .*code: 3.*"Break"/,
    ],
  ])('by a script %s', async (_, script, option, text) => {
    workshop.write('x.yaml', plan(script));
    const options = option === '' ? [] : [option];
    const { code, stderr } = await workshop.plan(
      'run',
      'x.yaml',
      '--trusted-scripts',
      '-l',
      'x.jtl',
      ...options,
    );
    expect(stderr).toMatch(text);
    expect(code).toBe(109);
    expect(expectNothingInvented('x.jtl')).toMatchObject({ workers: 1, users: 1 });
    expect(target.requests.at(-1)?.path).toBe('/bye');
    expect(workshop.runJson().users).toMatchObject({ planned: 4, started: 4, finished: 3 });
  });

  it('Ctrl-C twice: out at once though a worker is stuck, and the JTL and run.json agree', async () => {
    workshop.write('x.yaml', plan('for(;;){}').replace('loops: 20', 'loops: 2000'));
    const { child, said, ended } = workshop.start(['run', 'x.yaml', '--trusted-scripts', '-l', 'x.jtl']);
    await eventually(() => said().includes('Running'), 'it runs');
    let sent = -1;
    await eventually(() => {
      const before = sent;
      sent = target.requests.length;
      return sent > 4 && sent === before;
    }, 'the worker is stuck');
    child.kill('SIGINT');
    await eventually(() => said().includes('SIGINT: finishing'), 'the first signal is taken');
    child.kill('SIGINT');
    const { code, stdout } = await ended;
    expect(code).toBe(105);
    expect(stdout).toContain('worker 1 of 1 did not end within 300ms; it was at step "Break"');
    expect(expectNothingInvented('x.jtl')).toMatchObject({ workers: 1 });
    expect(target.requests.map(({ path }) => path)).not.toContain('/bye');
  });
});

/** The run itself, with less patience than the command has, and with little memory. */
async function run(yaml: string, stuckMs = 1000): Promise<{ result: RunResult; said: string }> {
  const built = pathToFileURL(join(import.meta.dirname, '../../dist/engine/run/plan-run.js')).href;
  const { PlanRun } = (await import(built)) as { PlanRun: typeof BuiltRun };
  const { compiled } = await prepareYaml(yaml);
  const said: string[] = [];
  const options: PlanRunOptions = {
    plan: compiled,
    listeners: [{ kind: 'rows', essential: false, listener: { samples: () => undefined } }],
    monitors: [],
    folder: workshop.folder,
    trustedScripts: true,
    graceMs: 1000,
    stuckMs,
    heapMb: 64,
    redact: (text) => text,
    say: (text) => said.push(text),
    save: () => undefined,
    unread: () => ({ longestMs: 0, leftOut: 0 }),
    healthGate: 'warn',
    loadplanVersion: '0',
    planFile: 'x.yaml',
    environment: null,
    target: null,
    shownProperties: {},
    seed: 1,
    workers: 1,
    leftOut: [],
  };
  const result = await new PlanRun(options).run();
  return { result, said: said.join('\n') };
}

const paths = () => target.requests.map(({ path }) => path);

describe('a worker is lost', () => {
  it('by a script that takes all memory: as any other death', async () => {
    const script = 'const a = []; for (;;) a.push(new Array(1000).fill(a.length))';
    const { result, said } = await run(plan(script), 10_000);
    // V8 of Node 26 goes on far beyond its limit while the script runs: there, the watchdog ends it.
    expect(said).toMatch(/^worker 1 of 1 (ended early: .*memory|was stuck for).*"Break"/);
    expect(result.verdict.exitCode).toBe(109);
    expect(result.lost).toMatchObject({ workers: 1, users: 1 });
    expect(result.users).toMatchObject({ planned: 4, started: 4, finished: 3 });
    expect(paths().at(-1)).toBe('/bye');
  });

  it('in set-up: there is no load, and tear-down runs', async () => {
    const given = 'setUp: [{ script: "for(;;){}", name: Forever }]\n';
    const { result } = await run(plan('0', given));
    expect(result.verdict.exitCode).toBe(109);
    expect(result.verdict.reasons.join('\n')).toMatch(
      /set-up failed, so no load was started: worker 1 of 1 was stuck for .*"Forever"/,
    );
    expect(paths()).toEqual(['/bye']);
  });

  it('in tear-down: the run ends, with all that was measured', async () => {
    const { result } = await run(
      plan('0').replace('{ get: /bye }', '{ script: "for(;;){}", name: Forever }'),
    );
    expect(result.verdict.exitCode).toBe(109);
    expect(result.total.count).toBe(80);
    expect(result.lost).toMatchObject({ workers: 1, samples: 0, users: 1 });
  });
});
