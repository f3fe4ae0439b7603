import { describe, expect, it } from 'vitest';
import type { HealthWindow } from '../model/metrics.ts';
import { HealthTotals } from './health.ts';
import { healthy, histogramOf, windowOf } from './test-support/samples.ts';

function verdictOf(health: Partial<HealthWindow>, samples = 400) {
  const totals = new HealthTotals();
  totals.add(windowOf([], { health: { ...healthy, ...health } }));
  return totals.verdict(samples);
}

describe('HealthTotals', () => {
  it.each<[string, Partial<HealthWindow>, string[]]>([
    ['nothing happened', {}, []],
    [
      'more than 1 % of the samples are tainted',
      { stalls: 3, stalledMs: 412, taintedSamples: 63 },
      [
        'the load generator was the slow part: its event loop stood still 3 times, 412ms in all; ' +
          '63 of 400 samples (15.8 %) are tainted',
      ],
    ],
    ['1 % of the samples is tainted', { stalls: 1, stalledMs: 300, taintedSamples: 4 }, []],
    ['lateness has its p99 at 50 ms', { lateness: histogramOf([50]).toWindow() }, []],
    [
      'lateness has its p99 above 50 ms',
      { lateness: histogramOf([60, 60]).toWindow() },
      ['samples started late: 1 in 100 more than 60ms after it was due, the worst 60ms'],
    ],
    ['a worker was busy 80 % of the time', { utilisation: 0.8 }, []],
    [
      'a worker was busy more than 80 % of the time',
      { utilisation: 0.85 },
      [
        'a worker was busy 85.0 % of the time in its busiest second and 85.0 % on average: ' +
          'its times may be too long; use more workers or less load',
      ],
    ],
    [
      'results could not be taken',
      { heldBackMs: 1500 },
      ['users waited 1.5s in all because results could not be taken as fast as they came'],
    ],
  ])('says what there is to say when %s', (_case, health, warnings) => {
    expect(verdictOf(health)).toMatchObject({ warnings, ok: warnings.length === 0 });
  });

  it('takes the mean of each worker apart and passes over windows too short to tell', () => {
    const totals = new HealthTotals();
    const at = (worker: number, lengthMs: number, utilisation: number) =>
      totals.add(
        windowOf([], { worker, fromEpochMs: 0, toEpochMs: lengthMs, health: { ...healthy, utilisation } }),
      );
    at(0, 1000, 0.2);
    at(0, 1000, 0.6);
    at(1, 1000, 0.1);
    at(1, 20, 1);
    const { utilisationMean, utilisationMax, ok } = totals.verdict(10);
    expect(utilisationMean).toBeCloseTo(0.4);
    expect(utilisationMax).toBe(0.6);
    expect(ok).toBe(true);
  });
});
