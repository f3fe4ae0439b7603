import { describe, expect, it } from 'vitest';
import { MachineWatch, type MachineReading } from './machine-watch.ts';

const nothing: MachineReading = { throttledMs: null, uptimeMs: null, memoryRatio: null };

/** A watch on a machine whose clocks and readings are set by hand. */
function watched(first: MachineReading) {
  const now = { epochMs: 0, wallEpochMs: 0 };
  let reading = first;
  const watch = new MachineWatch({
    nowEpochMs: () => now.epochMs,
    wallEpochMs: () => now.wallEpochMs,
    files: { read: () => reading, close: () => undefined },
    unread: () => ({ longestMs: 0, leftOut: 0 }),
    intervalMs: 0,
  });
  return {
    watch,
    at: (epochMs: number, wallEpochMs: number, next: Partial<MachineReading> = {}) => {
      Object.assign(now, { epochMs, wallEpochMs });
      reading = { ...reading, ...next };
      watch.look();
    },
  };
}

describe('MachineWatch', () => {
  it('has nothing to say where the system tells nothing', () => {
    const { watch, at } = watched(nothing);
    at(1000, 1000);
    expect(watch.end()).toMatchObject({ throttledMs: 0, memoryRatio: 0, suspendedMs: 0, clockStepMs: 0 });
  });

  it('counts what the quota has taken since the start, and the fullest memory', () => {
    const { watch, at } = watched({ ...nothing, throttledMs: 5000 });
    at(1000, 1000, { throttledMs: 5400, memoryRatio: 0.7 });
    at(2000, 2000, { throttledMs: 5900, memoryRatio: 0.4 });
    expect(watch.end()).toMatchObject({ throttledMs: 900, memoryRatio: 0.7 });
  });

  it('notices a step of the wall clock, not its adjustment', () => {
    const { watch, at } = watched(nothing);
    at(1000, 1100);
    at(2000, 2100 - 3_600_000);
    at(3000, 3100 - 3_600_000);
    expect(watch.end()).toMatchObject({
      clockStepMs: -3_600_000,
      spans: [{ kind: 'clock', fromEpochMs: 1000, toEpochMs: 2000, worker: null }, { kind: 'mainStalls' }],
    });
  });

  it('tells sleep from a step of the wall clock', () => {
    const { watch, at } = watched({ ...nothing, uptimeMs: 0 });
    at(1000, 1000, { uptimeMs: 1000 });
    at(2000, 62_000, { uptimeMs: 62_000 });
    const { suspendedMs, clockStepMs, spans } = watch.end();
    expect({ suspendedMs, clockStepMs }).toEqual({ suspendedMs: 60_000, clockStepMs: 0 });
    expect(spans.map(({ kind }) => kind)).toContain('suspended');
  });

  it('finds that the main thread stood still', () => {
    const { watch, at } = watched(nothing);
    at(8000, 8000);
    expect(watch.end()).toMatchObject({
      stalledMs: 7990,
      longestStallMs: 7990,
      spans: [{ kind: 'mainStalls', fromEpochMs: 10, toEpochMs: 8000, worker: null }],
    });
  });
});
