import { describe, expect, it } from 'vitest';
import { expectedDuration, expectedSize, formatBytes, parseBytes, parseMs } from './units.ts';

describe('a size', () => {
  it.each([
    ['0', 0],
    ['0B', 0],
    ['100B', 100],
    ['1KB', 1000],
    ['1kB', 1000],
    ['10GB', 10_000_000_000],
    ['2.3GB', 2_300_000_000],
    ['1.5 TB', 1_500_000_000_000],
    ['256KiB', 262_144],
    [' 8MiB ', 8_388_608],
    ['0.5GiB', 536_870_912],
    ['1TiB', 1_099_511_627_776],
  ])('"%s" is %i bytes', (text, bytes) => {
    expect(parseBytes(text)).toBe(bytes);
  });

  it.each(['', '10', '1.5B', '10mb', '10Gb', '10 Mbit', '-1MB', '1e3B', 'MB', '9000000TB'])(
    '"%s" is none',
    (text) => {
      expect(parseBytes(text)).toBeNull();
    },
  );

  it.each([
    [0, '0B'],
    [999, '999B'],
    [262_144, '256KiB'],
    [10_000_000_000, '10GB'],
    [536_870_912, '512MiB'],
    [1_234_567, '1.2MB'],
  ])('of %i bytes is shown as %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });

  it('without a unit is told how to get one', () => {
    expect(expectedSize('10')).toBe('"10" has no unit. Write 10MB, 10MiB or 10B');
    expect(expectedSize('10mb')).toBe('expected a size such as 10GB, 512MiB or 100B, found "10mb"');
  });
});

describe('a duration', () => {
  it.each(['3651d', '1000000000h', `${'9'.repeat(400)}h`])('%s is too long', (text) => {
    expect(parseMs(text)).toBeNull();
    expect(expectedDuration(text)).toBe(`expected a duration of at most 3650d, found "${text}"`);
  });

  it('of ten years is none too long', () => {
    expect(parseMs('3650d')).toBe(3650 * 86_400_000);
  });
});
