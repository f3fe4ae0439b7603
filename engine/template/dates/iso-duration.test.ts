import { describe, expect, it } from 'vitest';
import { isoDurationMs } from './iso-duration.ts';

const hourMs = 3_600_000;

describe('isoDurationMs', () => {
  it.each<[string, number | undefined]>([
    ['P2DT3H', 51 * hourMs],
    ['-PT5M', -300_000],
    ['PT-5M', -300_000],
    ['-PT-5M', 300_000],
    ['P-1DT1H', -23 * hourMs],
    ['PT1.5S', 1500],
    ['pt1s', 1000],
    [' P1D ', 24 * hourMs],
    ['P', undefined],
    ['PT', undefined],
    ['P1DT', undefined],
    ['P1M', undefined],
    ['P1W', undefined],
    ['1D', undefined],
    ['', undefined],
  ])('"%s" is %s', (text, expected) => {
    expect(isoDurationMs(text)).toBe(expected);
  });
});
