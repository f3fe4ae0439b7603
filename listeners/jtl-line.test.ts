import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleOf } from '../engine/metrics/test-support/samples.ts';
import { splitRecord } from './csv-records.ts';
import { jtlHeader } from './jtl-line.ts';
import { formatJtlLine } from './test-support/jtl-line.ts';

describe('formatJtlLine', () => {
  it('is the line that JMeter writes', () => {
    const sample = sampleOf({
      startEpochMs: 1_763_822_100_123.9,
      elapsedMs: 12.5,
      latencyMs: 11.4,
      connectMs: 0.4,
    });
    expect(formatJtlLine(sample)).toBe(
      '1763822100123,13,GET /issues,200,OK,Users 1-1,text,true,,2048,512,1,1,http://127.0.0.1/issues,11,0,0\n',
    );
  });

  it('fills 17 columns', () => {
    expect(jtlHeader.split(',')).toHaveLength(17);
  });

  it.each([
    [{ url: null }, ',null,18,0,0\n'],
    [{ label: 'a,b' }, ',"a,b",200,'],
    [{ label: 'say "hi"' }, ',"say ""hi""",200,'],
    [{ failure: 'two\nlines' }, ',"two\nlines",2048'],
    [{ failure: 'two\rlines' }, ',"two\rlines",2048'],
    [{ label: ' =1;2\t ' }, ', =1;2\t ,200,'],
    [{ ok: false, dataType: '' as const, code: '' }, ',GET /issues,,OK,Users 1-1,,false,,'],
    [{ elapsedMs: -0.4, latencyMs: NaN }, '000,0,GET'],
    [{ latencyMs: NaN }, 'issues,0,0,0\n'],
  ])('of %j has %j in it', (changes, part) => {
    expect(formatJtlLine(sampleOf(changes))).toContain(part);
  });

  it('redacts the message, failure and URL only', () => {
    const secret = 'k3y';
    const sample = sampleOf({
      label: secret,
      message: secret,
      failure: secret,
      url: secret,
      threadName: secret,
    });
    const line = formatJtlLine(sample, (text) => text.replaceAll(secret, '***'));
    expect(line).toContain(',k3y,200,***,k3y,');
    expect(line).toContain(',true,***,');
    expect(line).toContain(',1,1,***,18,0,0');
  });

  it('gives back any text as it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (label) => {
        expect(splitRecord(formatJtlLine(sampleOf({ label })).slice(0, -1), ',')[2]).toBe(label);
      }),
    );
  });
});
