import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { PlanRun as BuiltRun } from '../../engine/run/plan-run.ts';
import { eventually } from '../support/plan-command.ts';
import { prepareYaml } from '../support/prepare-yaml.ts';
import { target, workshop } from '../support/workshop-and-target.ts';

const plan = (duration: string) => `
name: Live
defaults: { http: { baseUrl: "${target.url}" } }
threadGroups:
  - name: Users
    threads: 2
    duration: ${duration}
    steps: [{ get: /a }, { pause: 20ms }]
  - name: Others
    threads: 1
    duration: ${duration}
    steps: [{ get: /b }, { pause: 20ms }]
tearDown: [{ get: /bye }]
`;

/** A run of two workers, and the users whose samples have come. */
async function start(yaml: string) {
  const built = pathToFileURL(join(import.meta.dirname, '../../dist/engine/run/plan-run.js')).href;
  const { PlanRun } = (await import(built)) as { PlanRun: typeof BuiltRun };
  const { compiled } = await prepareYaml(yaml);
  const users: string[] = [];
  const run = new PlanRun({
    plan: compiled,
    listeners: [
      {
        kind: 'users',
        essential: false,
        listener: { samples: (batch) => void users.push(...batch.map(({ threadName }) => threadName)) },
      },
    ],
    monitors: [],
    folder: workshop.folder,
    trustedScripts: false,
    graceMs: 5000,
    redact: (text) => text,
    say: () => undefined,
    save: () => undefined,
    unread: () => ({ longestMs: 0, leftOut: 0 }),
    healthGate: 'warn',
    loadplanVersion: '0',
    planFile: 'x.yaml',
    environment: null,
    target: null,
    shownProperties: {},
    seed: 1,
    workers: 2,
    leftOut: [],
  });
  return { run, users, result: run.run() };
}

const count = (path: string) => target.requests.filter((request) => request.path === path).length;

/** Until nothing has come for some time. */
async function quiet(what: string): Promise<void> {
  const last = { requests: -1, since: 0 };
  await eventually(() => {
    if (target.requests.length !== last.requests) {
      Object.assign(last, { requests: target.requests.length, since: 0 });
    }
    return ++last.since > 10;
  }, what);
}

describe('the load of a run under way', () => {
  it('is paused and goes on, gets more and fewer users, and has groups disabled', async () => {
    const { run, users, result } = await start(plan('3s'));
    await eventually(() => count('/a') > 4 && count('/b') > 1, 'the load has begun');
    run.disable('Others', 'not now');
    run.pause();
    run.pause();
    await quiet('the load is paused');
    const paused = target.requests.length;
    run.setThreads('Users', 5);
    await quiet('nobody starts in a pause');
    expect(target.requests).toHaveLength(paused);
    const others = count('/b');
    run.resume();
    await eventually(() => users.includes('Users 1-5') && users.includes('Users 1-4'), 'users are added');
    expect(count('/b')).toBe(others);
    run.setThreads('Users', 1);
    run.enable('Others');
    await eventually(() => count('/b') > others, 'the group goes on');
    expect(() => run.setThreads('Nobody', 1)).toThrow(
      'Thread groups that can be changed: "Users", "Others".',
    );
    const { actions = [], ...rest } = await result;
    expect(actions.map(({ atEpochMs, ...action }) => (expect(atEpochMs).toBeGreaterThan(0), action))).toEqual(
      [
        { action: 'disable', group: 'Others', reason: 'not now' },
        { action: 'pause' },
        { action: 'setThreads', group: 'Users', threads: 5 },
        { action: 'resume' },
        { action: 'setThreads', group: 'Users', threads: 1 },
        { action: 'enable', group: 'Others' },
      ],
    );
    expect(rest.users).toEqual({ planned: 6, started: 6, finished: 6 });
    expect(rest.total.count).toBe(count('/a') + count('/b'));
    const [from = 0, to = 0] = [1, 3].map((place) => actions[place]?.atEpochMs);
    expect(rest.endEpochMs - rest.startEpochMs).toBeGreaterThanOrEqual(3000 + to - from);
    expect(() => run.enable('Users')).toThrow('the load is over');
  });

  it('is stopped while it is paused, with its tear-down', async () => {
    const { run, result } = await start(plan('1h'));
    run.pause();
    await quiet('nothing begins');
    run.resume();
    await eventually(() => count('/a') > 2, 'the load has begun');
    run.pause();
    await quiet('the load is paused');
    run.interrupt('graceful', 'enough');
    const { users, actions } = await result;
    expect(target.requests.at(-1)?.path).toBe('/bye');
    expect(users).toEqual({ planned: 3, started: 3, finished: 3 });
    expect(actions?.map(({ action }) => action)).toEqual(['pause', 'resume', 'pause']);
  });
});
