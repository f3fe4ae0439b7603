import { describe, expect, it } from 'vitest';
import { plannedLoad } from '../model/live-load.ts';
import type { ToWorker } from '../model/protocol.ts';
import { prepareYaml } from '../../test/support/prepare-yaml.ts';
import { LostWorkers } from './lost-workers.ts';
import { Phases } from './phases.ts';
import { RunTotals, type RunFacts } from './run-totals.ts';
import { SharedNames } from './shared-names.ts';
import { SharedElements, makeSharedState } from './shared-state.ts';
import { WindowMerger } from './window-merger.ts';
import { UserProgress } from './user-progress.ts';
import { WorkerSlot } from './worker-slot.ts';

const { compiled: plan } = await prepareYaml(`
name: Lost
setUp: [{ get: "http://127.0.0.1:9/up" }]
threadGroups:
  - name: Users
    threads: 4
    loops: 10
    steps:
      - get: "http://127.0.0.1:9/a"
        timers: [{ synchronize: 4 }]
tearDown: [{ get: "http://127.0.0.1:9/down" }]
`);
const groupOf = (phase: string) => plan.groups.findIndex((group) => group.phase === phase);

/** A main thread with two workers of which only the shared memory is there. */
function mainThread({ areReady = true, goesOn = true } = {}) {
  const workers = 2;
  const shared = makeSharedState(plan, workers);
  const said: string[] = [];
  const done: string[] = [];
  const phases = new Phases({ plan, workers, nowEpochMs: () => 0, sendToAll: () => undefined });
  const totals = new RunTotals(plan, {} as RunFacts);
  const lost: LostWorkers = new LostWorkers({
    plan,
    workers,
    shared,
    phases,
    totals,
    merger: new WindowMerger(workers, () => undefined),
    stuckMs: 1000,
    pool: () => ({
      kill: (worker) => {
        done.push(`kill ${worker}`);
        lost.died(worker, new Error('aborted'));
      },
      replace: (worker, { started, finished }) =>
        done.push(`replace ${worker}: ${started} started, ${finished} finished`),
      leave: (worker) => done.push(`leave ${worker}`),
      send: (worker, message: ToWorker) => done.push(`send ${worker} ${message.type}`),
    }),
    goesOn: () => goesOn,
    load: () => plannedLoad(plan.groups),
    properties: () => new Map([['token', 'abc']]),
    lost: (text) => said.push(text),
    refused: (text) => said.push(text),
    say: (text) => said.push(text),
  });
  /** The other worker goes on. */
  const pass = (ms: number, { alive }: { alive: readonly number[] }) => {
    for (let passed = 0; passed < ms; passed += 250) {
      for (const worker of alive) new WorkerSlot(shared, worker).breathe();
      lost.beat(250);
    }
  };
  const at = (worker: number, phase: string, user: number) => {
    const group = groupOf(phase);
    new UserProgress(shared, group).done(user, 3);
    const slot = new WorkerSlot(shared, worker);
    if (phase === 'main') slot.countUser('started');
    slot.mark(group, 1, 0)(user + 1);
  };
  if (areReady) for (let worker = 0; worker < workers; worker++) lost.ready(worker);
  return { shared, said, done, phases, lost, pass, at };
}

describe('a worker that is stuck', () => {
  it('is ended and replaced; the user that it hung in is lost, and the group starts again for the others', async () => {
    const { phases, said, done, pass, at, lost } = mainThread();
    const main = phases.run('main');
    at(1, 'main', 3);
    pass(1250, { alive: [0] });
    expect(said).toEqual([expect.stringMatching(/^worker 2 of 2 was stuck for 1s; .*user "Users 1-4"/)]);
    expect(done).toEqual(['kill 1', 'replace 1: 1 started, 0 finished', 'send 1 property', 'send 1 start']);
    expect(lost.result()).toEqual({ lost: { workers: 1, samples: 0, users: 1 } });
    expect(phases.pendingIn(1)).toEqual([groupOf('main')]);
    phases.giveUp();
    await main;
  });

  it('in set-up of the plan: its user is lost, so there will be no load', async () => {
    const { phases, done, pass, at } = mainThread();
    const setUp = phases.run('setUp');
    at(0, 'setUp', 0);
    pass(1250, { alive: [1] });
    expect(phases.setUpFailure).toMatch(/^worker 1 of 2 was stuck for 1s/);
    expect(done).toContain('replace 0: 0 started, 0 finished');
    phases.giveUp();
    await setUp;
  });

  it('in tear-down after a stop: it is replaced and stopped, too', async () => {
    const { phases, done, pass, at } = mainThread();
    const tearDown = phases.run('tearDown');
    phases.stop();
    at(0, 'tearDown', 0);
    pass(1250, { alive: [1] });
    expect(done.slice(-2)).toEqual(['send 0 start', 'send 0 stop']);
    phases.giveUp();
    await tearDown;
  });
});

describe('a worker that dies again and again', () => {
  it('has its users given up after three times, and is not started again after ten', async () => {
    const { phases, said, done, lost } = mainThread();
    const main = phases.run('main');
    for (let death = 1; death <= 12; death++) {
      lost.died(0, new Error('worker exited with code: 3'));
      if (death <= 10) lost.ready(0);
    }
    expect(done.filter((what) => what.startsWith('replace'))).toHaveLength(10);
    expect(said.slice(0, 5).map((text) => text.split('. ').at(-1))).toEqual([
      'A new worker goes on with its other users.',
      'A new worker goes on with its other users.',
      'A new worker goes on with its other users.',
      expect.stringMatching('^It is given up'),
      expect.stringMatching('^It is given up'),
    ]);
    expect(lost.result().lost?.users).toBe(2);
    expect(phases.pendingIn(0)).toEqual([]);
    phases.giveUp();
    await main;
  });

  it('and whose replacement is not ready after a minute is given up', async () => {
    const { phases, said, done, lost, pass } = mainThread();
    const main = phases.run('main');
    lost.died(0, new Error('worker exited with code: 3'));
    pass(59_750, { alive: [1] });
    expect(said).toHaveLength(1);
    pass(250, { alive: [1] });
    expect(said[1]).toMatch(/^worker 1 of 2 was not ready after 1m\. Lost: 2 users/);
    expect(done.filter((what) => what.startsWith('replace'))).toHaveLength(1);
    expect(phases.pendingIn(0)).toEqual([]);
    phases.giveUp();
    await main;
  });
});

describe('before all workers are ready', () => {
  it.each([
    [
      'dies',
      'Worker initialization failure: EMFILE',
      /: Worker initialization failure: EMFILE\. .*ulimit -n/,
    ],
    ['dies', 'out of memory.', /could not start, so no load was started: out of memory$/],
  ])('one that %s of "%s" refuses the load; nothing is lost, nothing replaced', (_, message, text) => {
    const { said, done, lost } = mainThread({ areReady: false });
    lost.ready(0);
    lost.died(1, new Error(message));
    expect(said).toEqual([expect.stringMatching(text)]);
    expect(done).toEqual([]);
    expect(lost.result()).toEqual({});
  });

  it('one that is not ready after a minute refuses the load', () => {
    const { said, done, lost, pass } = mainThread({ areReady: false });
    lost.ready(0);
    pass(59_750, { alive: [0] });
    expect(said).toEqual([]);
    pass(250, { alive: [0] });
    expect(said).toEqual([
      'worker 2 of 2 could not start, so no load was started: it was not ready after 1m',
    ]);
    expect(done).toEqual(['kill 1']);
  });

  it('one that is ended because the run ends is not worth a word', () => {
    const { said, lost } = mainThread({ areReady: false, goesOn: false });
    lost.died(1, new Error('aborted'));
    expect(said).toEqual([]);
  });
});

describe('a worker that the end of the run does not wait for', () => {
  it('is left behind: what it did not send is lost, and it is not replaced', () => {
    const { shared, said, done, lost } = mainThread({ goesOn: false });
    const slot = new WorkerSlot(shared, 1);
    for (let n = 0; n < 3; n++) slot.countRecorded();
    lost.settle(1, 'did not end within 300ms');
    expect(said).toEqual([
      expect.stringMatching(/^worker 2 of 2 did not end within 300ms\. Lost: 3 samples not yet sent, /),
    ]);
    expect(done).toEqual(['leave 1']);
    expect(lost.result().lost).toMatchObject({ workers: 1, samples: 3 });
  });
});

describe('users that do not end after a stop', () => {
  it('are given up, so that the phase ends', async () => {
    const { phases, lost, at } = mainThread();
    const main = phases.run('main');
    at(0, 'main', 0);
    expect(lost.abandonUsers()).toBe(4);
    await main;
    expect(lost.result()).toEqual({ lost: { workers: 0, samples: 0, users: 4 } });
  });
});

describe('what a dead worker held', () => {
  it('is free for the others: a lock, and its places at a rendezvous', async () => {
    const { phases, shared, lost, at } = mainThread();
    const main = phases.run('main');
    const [dead, other] = [new SharedNames(shared), new SharedNames(shared)];
    await dead.lock('till');
    const entered = other.lock('till');
    const slot = 0;
    const four = { users: () => 4, leftMs: () => Infinity };
    void new SharedElements(shared, 0).meet(slot, four);
    const meetings = Array.from({ length: 3 }, () => new SharedElements(shared, 1).meet(slot, four));
    at(0, 'main', 0);
    lost.died(0, new Error('worker exited with code: 3'));
    expect(await entered).toBeTypeOf('function');
    // The user that died does not come back, so the three that are left are all there are.
    expect(await Promise.all(meetings)).toEqual([true, true, true]);
    phases.giveUp();
    await main;
  });
});
