import { describe, expect, it } from 'vitest';
import { decodeHdr } from './hdr-encoding.ts';
import { parseThreshold } from './parse-threshold.ts';
import { resultFromSamples } from './result-from-samples.ts';
import { summarise } from './summary.ts';
import { sampleOf, spansOf, totalsOf } from './test-support/samples.ts';

const samples = [
  sampleOf({ label: 'B', tags: { endpoint: 'b' }, startEpochMs: 1000, elapsedMs: 100 }),
  sampleOf({
    label: 'A',
    tags: { endpoint: 'a' },
    startEpochMs: 1100,
    elapsedMs: 300,
    threadName: 'Users 1-2',
  }),
  sampleOf({
    label: 'A',
    tags: { endpoint: 'a', cold: 'yes' },
    startEpochMs: 1400,
    elapsedMs: 500,
    ok: false,
    code: '500',
    message: 'Oops',
  }),
  sampleOf({
    label: 'Both',
    tags: { endpoint: 'a' },
    kind: 'transaction',
    startEpochMs: 1000,
    elapsedMs: 900,
    idleMs: 100,
  }),
];

describe('summarise', () => {
  it('divides by no time in which the load was paused', async () => {
    const pauses = [{ fromEpochMs: 1150, toEpochMs: 1350 }];
    const { total, labels } = await summarise(totalsOf(samples), {
      ...spansOf(2000),
      pauses: [{ fromEpochMs: 500, toEpochMs: 1000 }, ...pauses],
    });
    expect([total.perSecond, total.own?.perSecond]).toEqual([3 / 1.3, 3 / 0.7]);
    expect(labels[1]?.own?.perSecond).toBe(2 / 0.6);
  });

  it('has a row per label, per tag and in all, and counts transactions only in their own', async () => {
    const { total, labels, tags, failures } = await summarise(totalsOf(samples), spansOf(2000));
    expect(labels.map(({ label, kind, count, errors }) => [label, kind, count, errors])).toEqual([
      ['B', 'sample', 1, 0],
      ['A', 'sample', 2, 1],
      ['Both', 'transaction', 1, 0],
    ]);
    expect(tags.map(({ label, count }) => [label, count])).toEqual([
      ['endpoint=b', 1],
      ['endpoint=a', 2],
      ['cold=yes', 1],
    ]);
    expect(total).toMatchObject({
      label: 'total',
      kind: 'total',
      count: 3,
      errors: 1,
      errorRatio: 1 / 3,
      averageMs: 300,
      minMs: 100,
      maxMs: 500,
      p99Ms: 500,
      perSecond: 1.5,
      receivedKbPerSecond: 3,
      sentKbPerSecond: 0.75,
    });
    expect(total.medianMs).toBeCloseTo(300, 0);
    expect(failures).toEqual([{ label: 'A', failure: '500 Oops', count: 1 }]);
    expect((await decodeHdr(total.histogram)).count).toBe(3);
  });

  it('lists why a wait was given up, and not twice what a sample in a transaction tells', async () => {
    const row = {
      kind: 'transaction',
      ok: false,
      code: '',
      message: 'Number of samples in transaction : 1',
    } as const;
    const { failures, total } = await summarise(
      totalsOf([
        sampleOf({ ok: false, code: '500', message: 'Oops', label: 'A' }),
        sampleOf({ ...row, label: 'Around A' }),
        sampleOf({ ...row, label: 'Wait', failure: 'the condition did not hold after 2 attempts' }),
      ]),
      spansOf(1000),
    );
    expect(failures).toEqual([
      { label: 'A', failure: '500 Oops', count: 1 },
      { label: 'Wait', failure: 'the condition did not hold after 2 attempts', count: 1 },
    ]);
    expect(total.errors).toBe(1);
  });

  it('divides by the time of the load, and by the own time of each row', async () => {
    const every = (label: string, fromMs: number, count: number, everyMs: number) =>
      Array.from({ length: count }, (_, n) =>
        sampleOf({
          label,
          startEpochMs: fromMs + n * everyMs,
          elapsedMs: 100,
          bytesReceived: 1024,
          bytesSent: 0,
        }),
      );
    const { labels, total } = await summarise(
      totalsOf([...every('A', 0, 30, 100), ...every('B', 3000, 9, 1000)]),
      spansOf(12_000),
    );
    const rates = [...labels, total].map(({ label, perSecond, receivedKbPerSecond, own }) => [
      label,
      perSecond,
      receivedKbPerSecond,
      own?.perSecond,
      own?.receivedKbPerSecond,
    ]);
    expect(rates).toEqual([
      ['A', 2.5, 2.5, 10, 10],
      ['B', 0.75, 0.75, 9 / 8.1, 9 / 8.1],
      ['total', 3.25, 3.25, 39 / 11.1, 39 / 11.1],
    ]);
  });

  it('divides by the time of the thread groups that took part, but for the total', async () => {
    const ofGroup = (label: string, group: string) =>
      sampleOf({ label, tags: { of: label }, threadName: `${group}-1` });
    const { labels, tags, total } = await summarise(
      totalsOf([ofGroup('A', 'First 1'), ofGroup('B', 'Second 2'), ofGroup('C', 'unknown 3')]),
      spansOf(
        8000,
        new Map([
          ['First 1', { startEpochMs: 0, endEpochMs: 2000 }],
          ['Second 2', { startEpochMs: 2000, endEpochMs: 6000 }],
        ]),
      ),
    );
    const rates = (rows: typeof labels) => rows.map(({ perSecond }) => perSecond);
    expect([rates(labels), rates(tags), total.perSecond]).toEqual([
      [0.5, 0.25, 0.125],
      [0.5, 0.25, 0.125],
      0.375,
    ]);
  });

  it('keeps out of all rows what is beside the load, and what was cut off', async () => {
    const aside = {
      phase: 'set-up',
      label: 'Log in',
      elapsedMs: 3000,
      threadName: 'setUp 1-1',
    } as const;
    const cut = { kind: 'cut', label: 'Both', message: 'Number of samples in transaction : 0' } as const;
    const bad = { ok: false, code: '500', message: 'Oops' };
    const { total, labels, beside, cutOff, failures } = await summarise(
      totalsOf([
        sampleOf({ label: 'Log in' }),
        sampleOf(aside),
        sampleOf({ ...aside, ...bad, phase: 'tear-down' }),
        sampleOf({ ...aside, phase: 'warm-up' }),
        sampleOf(cut),
        sampleOf({ ...cut, elapsedMs: 9000 }),
      ]),
      spansOf(1000),
    );
    expect(labels.map(({ label, count, maxMs }) => [label, count, maxMs])).toEqual([['Log in', 1, 20]]);
    expect(total).toMatchObject({ count: 1, errors: 0, maxMs: 20, own: { perSecond: 50 } });
    expect(beside).toMatchObject([{ label: 'Log in', kind: 'aside', count: 2, errors: 1 }]);
    expect(cutOff).toEqual([{ label: 'Both', count: 2 }]);
    expect(failures).toEqual([{ label: 'Log in', failure: '500 Oops', count: 1, beside: true }]);
  });

  it('of nothing is all zero', async () => {
    const { total, labels } = await summarise(totalsOf([]), spansOf(0));
    expect(labels).toEqual([]);
    expect(total).toMatchObject({
      count: 0,
      averageMs: 0,
      p95Ms: 0,
      perSecond: 0,
      errorRatio: 0,
      histogram: '',
    });
  });
});

describe('resultFromSamples', () => {
  it('counts saved samples as a run counts its own', async () => {
    const result = await resultFromSamples(samples);
    expect(result).toMatchObject({ startEpochMs: 1000, endEpochMs: 2000, threads: 2, health: { ok: true } });
    const { total, labels, tags, failures } = await summarise(totalsOf(samples), spansOf(1000));
    expect(result).toMatchObject({ total, labels, tags, failures });
  });

  it('knows by the thread names how long each group was loading', async () => {
    const every = (group: string, fromMs: number, count: number, everyMs: number) =>
      Array.from({ length: count }, (_, n) =>
        sampleOf({
          label: group,
          threadName: `${group}-${1 + (n % 2)}`,
          startEpochMs: fromMs + n * everyMs,
          elapsedMs: everyMs,
        }),
      );
    const aside = { phase: 'set-up', threadName: 'A 1-1', startEpochMs: 1, elapsedMs: 99_000 } as const;
    const promised = ['rate{name="A 1"} > 9/s', 'rate > 9/s'].map((text) => {
      const parsed = parseThreshold(text, { file: 'a.yaml', line: 1, column: 1 });
      if (!parsed.ok) throw new Error(parsed.problem.message);
      return parsed.threshold;
    });
    const { thresholds, labels } = await resultFromSamples(
      [...every('A 1', 1000, 30, 100), ...every('B 2', 4000, 9, 1000), sampleOf(aside)],
      promised,
    );
    expect(thresholds.map(({ value }) => value)).toEqual([10, 39 / 12]);
    expect(labels.map(({ perSecond }) => perSecond)).toEqual([10, 1]);
  });

  it('of nothing is empty', async () => {
    expect(await resultFromSamples([])).toMatchObject({
      startEpochMs: 0,
      endEpochMs: 0,
      threads: 0,
      labels: [],
    });
  });
});
