import { describe, expect, it } from 'vitest';
import type { CompiledGroup } from '../model/compiled-plan.ts';
import { plannedDurationMs, plannedTimes } from './planned-times.ts';

const group = (given: Partial<CompiledGroup>) =>
  ({ phase: 'main', delayMs: 0, durationMs: null, startAfter: null, ...given }) as CompiledGroup;

describe('plannedTimes', () => {
  it('follows startAfter, whatever the order', () => {
    const groups = [group({ durationMs: 5000, startAfter: 1 }), group({ durationMs: 1000, delayMs: 200 })];
    expect(plannedTimes(groups)).toEqual([
      { startMs: 1200, endMs: 6200 },
      { startMs: 0, endMs: 1200 },
    ]);
    expect(plannedDurationMs(groups)).toBe(6200);
  });

  it('does not know what depends on the server’s speed', () => {
    const groups = [group({}), group({ durationMs: 1000, startAfter: 0 })];
    expect(plannedTimes(groups)).toEqual([
      { startMs: 0, endMs: null },
      { startMs: null, endMs: null },
    ]);
    expect(plannedDurationMs(groups)).toBeNull();
  });

  it('leaves set-up and tear-down out of the load’s time', () => {
    expect(plannedDurationMs([group({ phase: 'setUp' }), group({ durationMs: 1000 })])).toBe(1000);
  });
});
