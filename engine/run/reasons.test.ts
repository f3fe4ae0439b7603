import { describe, expect, it } from 'vitest';
import { exitCodes } from '../model/errors.ts';
import type { ThresholdVerdict } from '../model/threshold.ts';
import { Reasons } from './reasons.ts';

const threshold = (passed: boolean, value: number | null): ThresholdVerdict => ({
  text: 'rate > 1/s',
  passed,
  value,
  limit: 1,
  unit: 'per second',
  margin: null,
});

describe('Reasons', () => {
  it('passes without any', () => {
    expect(new Reasons().verdict([threshold(true, 2)])).toEqual({ passed: true, exitCode: 0, reasons: [] });
  });

  it.each([
    [0.5, 'threshold failed: rate > 1/s'],
    [null, 'threshold failed: rate > 1/s (no data)'],
  ])('a threshold at %s fails the run', (value, text) => {
    expect(new Reasons().verdict([threshold(false, value)])).toEqual({
      passed: false,
      exitCode: 99,
      reasons: [text],
    });
  });

  it('the gravest reason gives the exit code; all are told, each once', () => {
    const reasons = new Reasons();
    reasons.add(exitCodes.interrupted, 'interrupted');
    reasons.add(exitCodes.resultsLost, 'disk full');
    reasons.add(exitCodes.interrupted, 'interrupted');
    expect(reasons.verdict([threshold(false, 0)])).toEqual({
      passed: false,
      exitCode: 110,
      reasons: ['interrupted', 'disk full', 'threshold failed: rate > 1/s'],
    });
  });
});
