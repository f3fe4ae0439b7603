import { describe, expect, it } from 'vitest';
import { exitCodes } from '../model/errors.ts';
import type { ThresholdVerdict } from '../model/threshold.ts';
import { Reasons, type Judged } from './reasons.ts';

const threshold = (passed: boolean, value: number | null): ThresholdVerdict => ({
  text: 'rate > 1/s',
  passed,
  value,
  limit: 1,
  unit: 'per second',
  margin: null,
});

const judged = (given: Partial<Judged> = {}): Judged => ({
  thresholds: [],
  notJudged: [],
  empty: null,
  ...given,
});

describe('Reasons', () => {
  it.each([
    ['a threshold that held', { thresholds: [threshold(true, 2)] }, 'passed', 0, []],
    ['another criterion that held', { otherCriteria: true }, 'passed', 0, []],
    ['nothing', {}, 'notJudged', 0, ['not judged, as the plan has no thresholds']],
    [
      'a threshold at 0.5',
      { thresholds: [threshold(false, 0.5)] },
      'failed',
      99,
      ['threshold failed: rate > 1/s'],
    ],
    [
      'a threshold without data',
      { thresholds: [threshold(true, 2), threshold(false, null)] },
      'failed',
      99,
      ['threshold failed: rate > 1/s (no data)'],
    ],
    ['nothing that could be judged', { notJudged: ['x has tags'] }, 'notJudged', 99, ['x has tags']],
    [
      'not all, though the rest held',
      { thresholds: [threshold(true, 2)], notJudged: ['x has tags'] },
      'notJudged',
      99,
      ['x has tags'],
    ],
    [
      'not all, and the rest did not hold',
      { thresholds: [threshold(false, 0)], notJudged: ['x has tags'] },
      'failed',
      99,
      ['threshold failed: rate > 1/s', 'x has tags'],
    ],
    ['an empty run', { empty: 'no sample was taken' }, 'failed', 99, ['no sample was taken']],
    [
      'an empty run whose thresholds hold',
      { thresholds: [threshold(true, 0)], empty: 'no sample was taken' },
      'failed',
      99,
      ['no sample was taken'],
    ],
  ] as const)('judged by %s', (_, given, ending, exitCode, reasons) => {
    expect(new Reasons().verdict(judged(given))).toEqual({
      passed: ending === 'passed',
      ending,
      exitCode,
      reasons,
    });
  });

  it('does not blame an empty run for what another reason explains', () => {
    const reasons = new Reasons();
    reasons.add(exitCodes.interrupted, 'interrupted');
    expect(reasons.verdict(judged({ empty: 'no sample was taken' }))).toEqual({
      passed: false,
      ending: 'failed',
      exitCode: 105,
      reasons: ['interrupted'],
    });
  });

  it('the gravest reason comes first and gives the exit code; all are told, each once', () => {
    const reasons = new Reasons();
    reasons.add(exitCodes.thresholdFailed, 'stopped by the plan');
    reasons.add(exitCodes.interrupted, 'interrupted');
    reasons.add(exitCodes.resultsLost, 'disk full');
    reasons.add(exitCodes.interrupted, 'interrupted');
    expect(reasons.verdict(judged({ thresholds: [threshold(false, 0)] }))).toEqual({
      passed: false,
      ending: 'failed',
      exitCode: 110,
      reasons: ['disk full', 'interrupted', 'stopped by the plan', 'threshold failed: rate > 1/s'],
    });
  });
});
