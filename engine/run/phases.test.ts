import { describe, expect, it } from 'vitest';
import type { CompiledGroup, CompiledPlan } from '../model/compiled-plan.ts';
import type { ToWorker } from '../model/protocol.ts';
import { Phases } from './phases.ts';

const group = (name: string, given: Partial<CompiledGroup> = {}) =>
  ({ name, phase: 'main', startAfter: null, ...given }) as CompiledGroup;
const done = (index: number, given: object = {}) => ({
  group: index,
  revision: 0,
  exports: {},
  failed: 0,
  firstFailure: '',
  loadStartEpochMs: null,
  loadEndEpochMs: null,
  ...given,
});

function phases(groups: readonly CompiledGroup[], workers = 2) {
  const started: string[] = [];
  const exports: object[] = [];
  const run = new Phases({
    plan: { groups } as CompiledPlan,
    workers,
    nowEpochMs: () => 5,
    sendToAll: (message: ToWorker) => {
      if (message.type !== 'start') return;
      started.push(groups[message.group]!.name);
      exports.push({ ...message.exports });
    },
  });
  return { run, started, exports };
}

describe('Phases', () => {
  it('runs only the groups of the phase, and waits for every worker', async () => {
    const { run, started } = phases([group('setUp', { phase: 'setUp' }), group('A'), group('B')]);
    let over = false;
    const main = run.run('main').then(() => (over = true));
    expect(started).toEqual(['A', 'B']);
    run.groupDone(0, done(1));
    run.groupDone(0, done(2));
    run.groupDone(1, done(1));
    await Promise.resolve();
    expect(over).toBe(false);
    run.groupDone(1, done(2));
    await main;
    expect(over).toBe(true);
  });

  it('starts a follower once its group has ended in every worker', async () => {
    const { run, started } = phases([group('A'), group('B', { startAfter: 0 })]);
    const main = run.run('main');
    run.groupDone(0, done(0));
    run.groupDone(0, done(0));
    expect(started).toEqual(['A']);
    run.groupDone(1, done(0));
    expect(started).toEqual(['A', 'B']);
    run.groupDone(0, done(1));
    run.groupDone(1, done(1));
    await main;
  });

  it('starts no follower once stopped', async () => {
    const { run, started } = phases([group('A'), group('B', { startAfter: 0 })], 1);
    const main = run.run('main');
    run.stop();
    run.groupDone(0, done(0));
    await main;
    expect(started).toEqual(['A']);
  });

  it('hands on what set-up exported and remembers why it failed', async () => {
    const { run, exports } = phases([group('setUp', { phase: 'setUp' }), group('A')], 1);
    const setUp = run.run('setUp');
    run.groupDone(0, done(0, { exports: { token: 't' }, failed: 1, firstFailure: 'Log in: 401' }));
    await setUp;
    expect(run.setUpFailure).toBe('Log in: 401');
    void run.run('main');
    expect(exports).toEqual([{}, { token: 't' }]);
  });

  it('measures the load of each group', async () => {
    const { run } = phases([group('A', { number: 1 }), group('B', { number: 2, delayMs: 1 })], 2);
    const main = run.run('main');
    run.groupDone(0, done(0, { loadStartEpochMs: 9, loadEndEpochMs: 20 }));
    run.groupDone(1, done(0, { loadStartEpochMs: 7, loadEndEpochMs: 30 }));
    run.groupDone(0, done(1, { loadEndEpochMs: 10 }));
    run.groupDone(1, done(1));
    await main;
    expect(run.load.spans({ startEpochMs: 0, endEpochMs: 99 })).toEqual({
      load: { startEpochMs: 6, endEpochMs: 30 },
      pauses: [],
      groups: new Map([
        ['A 1', { startEpochMs: 7, endEpochMs: 30 }],
        ['B 2', { startEpochMs: 6, endEpochMs: 10 }],
      ]),
    });
  });

  it('is over at once without groups', async () => {
    await phases([]).run.run('tearDown');
  });

  it('says what a new thread of a worker has to start, as it may get users of all groups, and waits for it', async () => {
    const { run } = phases([group('A'), group('B')]);
    const main = run.run('main');
    run.groupDone(1, done(0));
    expect([run.pendingIn(0), run.pendingIn(1)]).toEqual([[0, 1], [1]]);
    expect(run.starts()).toEqual(
      [0, 1].map((index) => ({ type: 'start', group: index, startEpochMs: 5, exports: {} })),
    );
    for (const [worker, index] of [
      [1, 1],
      [0, 0],
      [0, 1],
    ] as const)
      run.groupDone(worker, done(index));
    await main;
    expect(run.starts()).toEqual([]);
  });

  it('waits for every worker again once the number of users is set, and takes no older word for an end', async () => {
    const { run } = phases([group('A')]);
    const main = run.run('main');
    run.groupDone(0, done(0));
    run.reopen(0, 1);
    expect([run.pendingIn(0), run.pendingIn(1)]).toEqual([[0], [0]]);
    run.groupDone(1, done(0));
    expect(run.pendingIn(1)).toEqual([0]);
    run.groupDone(0, done(0, { revision: 1 }));
    expect(run.hasEnded(0)).toBe(false);
    run.groupDone(1, done(0, { revision: 1 }));
    await main;
    expect(run.hasEnded(0)).toBe(true);
  });

  it('goes on without a worker that has left, now and later', async () => {
    const { run, started } = phases([group('A'), group('B', { startAfter: 0 })]);
    const main = run.run('main');
    run.leave(1);
    run.groupDone(0, done(0));
    expect(started).toEqual(['A', 'B']);
    run.groupDone(0, done(1));
    await main;
  });

  it('is over when every worker has left, or its users are given up', async () => {
    const left = phases([group('A'), group('T', { phase: 'tearDown' })]).run;
    const main = left.run('main');
    left.leave(0);
    left.leave(1);
    await main;
    await left.run('tearDown');
    const { run, started } = phases([group('A'), group('B', { startAfter: 0 })]);
    const stopped = run.run('main');
    run.stop();
    run.giveUp();
    await stopped;
    expect(started).toEqual(['A']);
  });

  it('has no load when a user of set-up was lost', () => {
    const { run } = phases([group('setUp', { phase: 'setUp' })]);
    void run.run('setUp');
    run.userLost('worker 1 was stuck');
    expect(run.setUpFailure).toBe('worker 1 was stuck');
  });
});
