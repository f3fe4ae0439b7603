import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Sample } from '../model/sample.ts';
import { otherLabels } from '../model/limits.ts';
import { Collector } from './collector.ts';
import { mergeWindows } from './merge-windows.ts';
import { sampleOf, seriesOf, windowOf } from './test-support/samples.ts';
import { Totals } from './totals.ts';

describe('Collector', () => {
  it('counts by label, tags and kind, and leaves sub-samples out', () => {
    const series = seriesOf([
      sampleOf({ label: 'A', tags: { endpoint: 'a' } }),
      sampleOf({ label: 'A', tags: { endpoint: 'a' } }),
      sampleOf({
        label: 'A',
        tags: { endpoint: 'b' },
        ok: false,
        code: '503',
        message: 'Service Unavailable',
      }),
      sampleOf({ label: 'A', kind: 'transaction' }),
      sampleOf({ label: 'A-0', kind: 'sub' }),
    ]);
    expect(series.map(({ label, tags, kind, count, errors }) => [label, tags, kind, count, errors])).toEqual([
      ['A', { endpoint: 'a' }, 'sample', 2, 0],
      ['A', { endpoint: 'b' }, 'sample', 1, 1],
      ['A', {}, 'transaction', 1, 0],
    ]);
    expect(series[1]?.failures).toEqual({ '503 Service Unavailable': 1 });
    expect(series[0]).toMatchObject({ bytesReceived: 4096, bytesSent: 1024 });
  });

  it('takes equal tags in any order for the same series', () => {
    const series = seriesOf([sampleOf({ tags: { a: '1', b: '2' } }), sampleOf({ tags: { b: '2', a: '1' } })]);
    expect(series).toHaveLength(1);
  });

  it('records elapsed and the trends asked for', () => {
    const late = sampleOf({
      dueEpochMs: 1000,
      startEpochMs: 1005,
      elapsedMs: 20,
      latencyMs: 18,
      connectMs: 3,
    });
    const [series] = seriesOf([late], ['latency', 'connect', 'response', 'lateness', 'elapsed']);
    const sums = Object.entries(series?.trends ?? {}).map(([name, trend]) => [name, trend.sumMs]);
    expect(Object.fromEntries(sums)).toEqual({
      elapsed: 20,
      latency: 18,
      connect: 3,
      response: 25,
      lateness: 5,
    });
    expect(Object.keys(seriesOf([late])[0]?.trends ?? {})).toEqual(['elapsed']);
  });

  it.each([
    {
      code: '503',
      message: 'Service Unavailable',
      failure: 'body is empty',
      text: '503 Service Unavailable',
    },
    { code: '200', message: 'OK', failure: 'expected $.id', text: 'expected $.id' },
    { code: '', message: '', failure: 'expected $.id', text: 'expected $.id' },
    { code: '200', message: 'OK', failure: '', text: '200 OK' },
    {
      code: 'Non HTTP response code: java.net.ConnectException',
      message: 'Non HTTP response message: Connection refused',
      failure: 'connect.refused: 127.0.0.1:1 refused the connection.',
      text: 'connect.refused: Connection refused (java.net.ConnectException)',
    },
    { code: '', message: '', failure: '', text: 'failed' },
    { code: '200', message: 'OK', failure: 'x'.repeat(300), text: `${'x'.repeat(199)}…` },
  ])('counts a failure with code "$code" as $text', ({ text, ...outcome }) => {
    expect(seriesOf([sampleOf({ ok: false, ...outcome })])[0]?.failures).toEqual({ [text]: 1 });
  });

  it('keeps 50 different failures apart in a window', () => {
    const failing = Array.from({ length: 60 }, (_, i) => sampleOf({ ok: false, failure: `failure ${i}` }));
    const failures = seriesOf(failing)[0]?.failures ?? {};
    expect(Object.keys(failures)).toHaveLength(51);
    expect(failures['(other failures)']).toBe(10);
  });

  it('counts a failure called __proto__', () => {
    expect(Object.entries(seriesOf([sampleOf({ ok: false, failure: '__proto__' })])[0]!.failures)).toEqual([
      ['__proto__', 1],
    ]);
  });

  it('gives labels beyond 2,000 series one label, keeps their tags and says so once', () => {
    const collector = new Collector([]);
    const tags = { endpoint: 'a' };
    for (let i = 0; i < 1999; i++) collector.record(sampleOf({ label: `/${i}`, tags }), 'Users 1');
    collector.record(sampleOf({ label: '/1999', tags }), 'Users 1');
    expect(collector.takeOverflow()).toBe(false);
    collector.record(sampleOf({ label: '/2000', tags }), 'Users 1');
    collector.record(sampleOf({ label: '/2001', tags: { endpoint: 'b' } }), 'Users 1');
    collector.record(sampleOf({ label: '/0', tags: { endpoint: 'new' } }), 'Users 1');
    collector.record(sampleOf({ label: '/0', tags }), 'Users 1');
    expect(collector.takeOverflow()).toBe(true);
    expect(collector.takeOverflow()).toBe(false);
    const series = collector.window();
    expect(
      series.filter(({ label }) => label === otherLabels).map((other) => [other.tags.endpoint, other.count]),
    ).toEqual([
      ['a', 1],
      ['b', 1],
      ['new', 1],
    ]);
    expect(series.find(({ label }) => label === '/0')?.count).toBe(2);
    expect(series.reduce((sum, { count }) => sum + count, 0)).toBe(2004);
  });

  it('starts anew with each window', () => {
    const collector = new Collector([]);
    collector.record(sampleOf({ ok: false }), 'Users 1');
    expect(collector.window()).toHaveLength(1);
    expect(collector.window()).toEqual([]);
    collector.record(sampleOf(), 'Users 1');
    expect(collector.window()[0]).toMatchObject({
      count: 1,
      errors: 0,
      failures: {},
      trends: { elapsed: { count: 1 } },
    });
  });
});

const anySample: fc.Arbitrary<Sample> = fc
  .record({
    label: fc.constantFrom('A', 'B'),
    tags: fc.constantFrom<Record<string, string>>({}, { endpoint: 'a' }, { endpoint: 'b' }),
    kind: fc.constantFrom('sample' as const, 'transaction' as const, 'sub' as const),
    elapsedMs: fc.integer({ min: 0, max: 10_000_000 }).map((us) => us / 1000),
    ok: fc.boolean(),
  })
  .map(sampleOf);

describe('mergeWindows', () => {
  it('of shares equals measuring the whole, whoever ran which sample', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(2), anySample), { maxLength: 40 }), (dealt) => {
        const shares = [0, 1, 2].map((worker) =>
          windowOf(
            dealt.filter(([to]) => to === worker).map(([, sample]) => sample),
            { worker },
          ),
        );
        const merged = new Totals();
        merged.addSeries(mergeWindows(shares).series);
        const apart = new Totals();
        for (const share of shares) apart.addWindow(share);
        const whole = new Totals();
        whole.addSeries(seriesOf(dealt.map(([, sample]) => sample)));
        for (const key of whole.keys()) {
          const sumOf = (totals: Totals) =>
            totals.sum((other) => JSON.stringify(other) === JSON.stringify(key)).toWindow(key);
          expect(sumOf(merged)).toEqual(sumOf(whole));
          expect(sumOf(apart)).toEqual(sumOf(whole));
        }
        expect(merged.keys()).toHaveLength(whole.keys().length);
      }),
    );
  });

  it('adds up users and stalls and keeps the busiest worker', () => {
    const one = windowOf([]);
    const merged = mergeWindows([
      { ...one, health: { ...one.health, stalls: 1, stalledMs: 300, longestStallMs: 300, utilisation: 0.5 } },
      {
        ...one,
        worker: 1,
        toEpochMs: one.toEpochMs + 5,
        health: { ...one.health, stalls: 2, stalledMs: 20, utilisation: 0.9 },
      },
    ]);
    expect(merged).toMatchObject({
      fromEpochMs: one.fromEpochMs,
      toEpochMs: one.toEpochMs + 5,
      users: { active: 2, started: 2, finished: 0 },
      health: { stalls: 3, stalledMs: 320, longestStallMs: 300, utilisation: 0.9 },
    });
  });
});
