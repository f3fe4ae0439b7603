import { describe, expect, it } from 'vitest';
import type { CompiledGroup, CompiledPlan } from '../model/compiled-plan.ts';
import type { ToWorker } from '../model/protocol.ts';
import { Phases } from './phases.ts';

const group = (name: string, given: Partial<CompiledGroup> = {}) =>
  ({ name, phase: 'main', startAfter: null, ...given }) as CompiledGroup;
const done = (index: number, given: object = {}) => ({
  type: 'groupDone' as const,
  group: index,
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
    for (const index of [1, 2, 1]) run.groupDone(done(index));
    await Promise.resolve();
    expect(over).toBe(false);
    run.groupDone(done(2));
    await main;
    expect(over).toBe(true);
  });

  it('starts a follower once its group has ended in every worker', async () => {
    const { run, started } = phases([group('A'), group('B', { startAfter: 0 })]);
    const main = run.run('main');
    run.groupDone(done(0));
    expect(started).toEqual(['A']);
    run.groupDone(done(0));
    expect(started).toEqual(['A', 'B']);
    run.groupDone(done(1));
    run.groupDone(done(1));
    await main;
  });

  it('starts no follower once stopped', async () => {
    const { run, started } = phases([group('A'), group('B', { startAfter: 0 })], 1);
    const main = run.run('main');
    run.stop();
    run.groupDone(done(0));
    await main;
    expect(started).toEqual(['A']);
  });

  it('hands on what set-up exported and remembers why it failed', async () => {
    const { run, exports } = phases([group('setUp', { phase: 'setUp' }), group('A')], 1);
    const setUp = run.run('setUp');
    run.groupDone(done(0, { exports: { token: 't' }, failed: 1, firstFailure: 'Log in: 401' }));
    await setUp;
    expect(run.setUpFailure).toBe('Log in: 401');
    void run.run('main');
    expect(exports).toEqual([{}, { token: 't' }]);
  });

  it('measures the load from the first iteration where users have a set-up, to the last before what follows it', async () => {
    const { run } = phases([group('A'), group('B')], 2);
    const main = run.run('main');
    expect([run.loadStartEpochMs, run.loadEndEpochMs]).toEqual([5, null]);
    run.groupDone(done(0, { loadStartEpochMs: 9, loadEndEpochMs: 20 }));
    run.groupDone(done(0, { loadStartEpochMs: 7, loadEndEpochMs: 30 }));
    run.groupDone(done(1, { loadStartEpochMs: 8, loadEndEpochMs: 10 }));
    run.groupDone(done(1));
    await main;
    expect([run.loadStartEpochMs, run.loadEndEpochMs]).toEqual([7, 30]);
  });

  it('is over at once without groups', async () => {
    await phases([]).run.run('tearDown');
  });
});
