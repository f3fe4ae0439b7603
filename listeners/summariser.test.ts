import { describe, expect, it } from 'vitest';
import { mergeWindows } from '../engine/metrics/merge-windows.ts';
import { sampleOf, windowOf } from '../engine/metrics/test-support/samples.ts';
import type { RunWindow } from '../engine/model/metrics.ts';
import { Summariser } from './summariser.ts';
import { summariserLine } from './summariser-line.ts';

function windowTo(toEpochMs: number, times: readonly number[]): RunWindow {
  const samples = times.map((elapsedMs) =>
    sampleOf({ startEpochMs: toEpochMs - elapsedMs, elapsedMs, ok: elapsedMs < 900 }),
  );
  const transaction = sampleOf({ kind: 'transaction', elapsedMs: 5000 });
  return mergeWindows([windowOf([...samples, transaction], { fromEpochMs: toEpochMs - 1000, toEpochMs })]);
}

describe('summariserLine', () => {
  it.each([
    [
      { count: 1, errors: 0, sumMs: 665, minMs: 665, maxMs: 665, lengthMs: 665 },
      'summary +      1 in 00:00:01 =    1.5/s Avg:   665 Min:   665 Max:   665 Err:     0 (0.00%)',
    ],
    [
      { count: 1_234_567, errors: 12, sumMs: 1_234_567 * 20, minMs: 1, maxMs: 123_456, lengthMs: 3_661_000 },
      'summary + 1234567 in 01:01:01 =  337.2/s Avg:    20 Min:     1 Max: 123456 Err:    12 (0.00%)',
    ],
    [
      { count: 3, errors: 1, sumMs: 3, minMs: 1, maxMs: 1, lengthMs: 0 },
      'summary +      3 in 00:00:00 = ******/s Avg:     1 Min:     1 Max:     1 Err:     1 (33.33%)',
    ],
  ])("of %j is JMeter's", (period, line) => {
    expect(summariserLine('+', period)).toBe(line);
  });
});

describe('Summariser', () => {
  it('reports when the wall clock passes a multiple of the interval, and the total at the end', () => {
    const summariser = new Summariser(25_000, 30_000);
    expect(summariser.window(windowTo(26_000, [100]))).toEqual([]);
    expect(summariser.window(windowTo(30_000, [300]))).toEqual([
      'summary +      2 in 00:00:04 =    0.5/s Avg:   200 Min:   100 Max:   300 Err:     0 (0.00%) Active: 1 Started: 1 Finished: 0',
    ]);
    expect(summariser.window(windowTo(59_000, [1000, 500]))).toEqual([]);
    expect(summariser.window(windowTo(61_000, []))).toEqual([
      'summary +      2 in 00:00:31 =    0.1/s Avg:   750 Min:   500 Max:  1000 Err:     1 (50.00%) Active: 1 Started: 1 Finished: 0',
      'summary =      4 in 00:00:33 =    0.1/s Avg:   475 Min:   100 Max:  1000 Err:     1 (25.00%)',
    ]);
    expect(summariser.end(65_000)).toEqual([
      'summary =      4 in 00:00:33 =    0.1/s Avg:   475 Min:   100 Max:  1000 Err:     1 (25.00%)',
    ]);
  });

  it('says nothing of a period in which nothing happened', () => {
    const summariser = new Summariser(0, 1000);
    expect(summariser.window(windowTo(5000, []))).toEqual([]);
    expect(summariser.end(6000)).toEqual([
      'summary =      0 in 00:00:00 = ******/s Avg:     0 Min:     0 Max:     0 Err:     0 (0.00%)',
    ]);
  });

  it('of a short run prints the total alone', () => {
    const summariser = new Summariser(1000, 30_000);
    summariser.window(windowTo(2000, [20]));
    expect(summariser.end(3000)).toEqual([
      'summary =      1 in 00:00:00 =   50.0/s Avg:    20 Min:    20 Max:    20 Err:     0 (0.00%)',
    ]);
  });
});
