import { describe, expect, it } from 'vitest';
import type { CompiledGroup } from '../model/compiled-plan.ts';
import { LoadTimes } from './load-times.ts';

const group = (name: string, number: number, delayMs = 0) => ({ name, number, delayMs }) as CompiledGroup;
const run = { startEpochMs: 0, endEpochMs: 99 };

describe('when the load was', () => {
  it('is from when the first user was due to the last end', () => {
    const times = new LoadTimes([group('A', 1, 20), group('B', 2, 5)]);
    times.started(0, 10);
    times.started(1, 40);
    times.done(0, { loadStartEpochMs: null, loadEndEpochMs: 50 });
    times.done(0, { loadStartEpochMs: null, loadEndEpochMs: 40 });
    times.done(1, { loadStartEpochMs: null, loadEndEpochMs: 80 });
    const { load, groups } = times.spans(run);
    expect(load).toEqual({ startEpochMs: 30, endEpochMs: 80 });
    expect([...groups]).toEqual([
      ['A 1', { startEpochMs: 30, endEpochMs: 50 }],
      ['B 2', { startEpochMs: 45, endEpochMs: 80 }],
    ]);
  });

  it('is from the first iteration where users have a set-up of their own', () => {
    const times = new LoadTimes([group('A', 1)]);
    times.started(0, 10);
    times.done(0, { loadStartEpochMs: 35, loadEndEpochMs: 50 });
    times.done(0, { loadStartEpochMs: 30, loadEndEpochMs: 40 });
    expect(times.spans(run).load).toEqual({ startEpochMs: 30, endEpochMs: 50 });
  });

  it('begins later by a pause in the delay', () => {
    const times = new LoadTimes([group('A', 1, 20)]);
    times.started(0, 10);
    times.done(0, { loadStartEpochMs: null, loadEndEpochMs: 90 });
    const pauses = [{ fromEpochMs: 15, toEpochMs: 40 }];
    expect(times.spans(run, pauses)).toMatchObject({ load: { startEpochMs: 55, endEpochMs: 90 }, pauses });
  });

  it('is the run where nobody was loaded with anything', () => {
    const times = new LoadTimes([group('A', 1)]);
    expect(times.spans(run)).toEqual({ load: run, groups: new Map(), pauses: [] });
    times.started(0, 10);
    times.done(0, { loadStartEpochMs: null, loadEndEpochMs: null });
    expect(times.spans(run).load).toEqual(run);
  });
});
