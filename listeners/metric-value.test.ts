import { describe, expect, it } from 'vitest';
import { metricAmountText, metricValueText } from './metric-value.ts';

describe('a value of a metric', () => {
  it.each([
    [131_072_000, 'bytes', '131 MB', '131 MB'],
    [0, 'bytes', '0 B', '0 B'],
    [999, 'bytes', '999 B', '999 B'],
    [999_600, 'bytes', '1 MB', '1 MB'],
    [10_737_418_240, 'bytes', '10.7 GB', '10.7 GB'],
    [5e16, 'bytes', '50000 TB', '50000 TB'],
    [1500, 'bytes/s', '1.5 kB/s', '1.5 kB/s'],
    [0.4213, 'ratio', '42.1%', '42.1%'],
    [2.5, 'ratio', '250.0%', '250.0%'],
    [7, 'records', '7', '7 records'],
    [7, '', '7', '7'],
    [7, '/s', '7', '7/s'],
    [7, 'a\x1b', '7', '7 a\\x1b'],
  ])('%d of %j is shown as %s, alone as %s', (value, unit, inTable, alone) => {
    expect(metricValueText(value, unit, String)).toBe(inTable);
    expect(metricAmountText(value, unit, String)).toBe(alone);
  });
});
