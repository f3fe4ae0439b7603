import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CheckRow, MetricRow } from '../engine/model/run-result.ts';
import type { ThresholdVerdict } from '../engine/model/threshold.ts';
import { cutMiddle, visibleText } from './visible-text.ts';
import { jtlCsv } from './jtl-csv.ts';
import { readResult } from './report.ts';
import { writeRunJson } from './run-json.ts';
import { summary } from './summary.ts';
import { renderSummary } from './summary-table.ts';
import { expectGolden } from './test-support/golden.ts';
import { environmentOf, play, resultOf, temporaryFolder, tenSeconds } from './test-support/run.ts';

const promises = [
  'p95(elapsed){endpoint=issues} < 500ms',
  'error_rate < 1%',
  'count{name="Log in"} == 10',
  'rate >= 5/s',
  'p95(elapsed){name="Nobody ever called a step by such a long name as this one, and nobody ever will"} < 1s',
];

describe('summary', () => {
  it('prints the summariser and the final table', async () => {
    const environment = environmentOf({ summaryIntervalMs: 5000 });
    const result = await resultOf(tenSeconds(), promises);
    await play(summary, environment, tenSeconds(), result);
    expectGolden('summary.txt', `${environment.lines.join('\n')}\n`);
  });

  it('hides secrets', async () => {
    const environment = environmentOf();
    const result = await resultOf([]);
    const failures = [{ label: 'Get s3crets', failure: 'Get s3crets: the server said s3cret', count: 1 }];
    const labels = [{ ...result.total, label: 'Get s3crets' }];
    await play(summary, environment, [], { ...result, plan: 'named s3cret', labels, failures });
    const said = environment.lines.join('\n');
    expect(said).toContain('Get s3crets: the server said ***');
    // What the author calls things stays.
    expect(said).toContain('named s3cret');
  });
});

describe('renderSummary', () => {
  const options = { colours: false, columns: 100 };
  const head = { unit: '', tag: null, count: 4 };
  const trend = { average: 20, min: 0.5, median: 19, p90: 40, p95: 41.5, p99: 42, max: 43, histogram: '' };
  const metrics: readonly MetricRow[] = [
    { ...head, metric: 'data_throughput', type: 'counter', unit: 'records', total: 5200, perSecond: 520 },
    { ...head, metric: 'data_throughput', type: 'counter', tag: 'of=x', total: 200, perSecond: 20 },
    { ...head, metric: 'data_throughput', type: 'counter', tag: 'of=y', total: 5000, perSecond: 500 },
    { ...head, metric: 'cost', type: 'counter', unit: 'USD', total: 0.123456789, perSecond: 0.0123 },
    { ...head, metric: 'depth', type: 'gauge', last: 3, min: -1, max: 12.5 },
    { ...head, metric: 'healing_success', type: 'rate', ratio: 0.875 },
    { ...head, metric: 'healing_time', type: 'trend', unit: 'ms', ...trend },
  ];
  const checks: readonly CheckRow[] = [
    { check: 'has items', passes: 9, failures: 0, ratio: 1, reasons: [] },
    {
      check: 'jsonPath $.status, equals done',
      passes: 1,
      failures: 3,
      ratio: 0.25,
      reasons: [
        { failure: 'expected "done", found "open"', count: 2 },
        { failure: 'the answer is not JSON\u001b', count: 1 },
      ],
    },
  ];

  it('shows custom metrics by type, and checks with the reasons why they failed', async () => {
    const result = await resultOf(tenSeconds(), ['count{endpoint=issues} > 1']);
    const asked: ThresholdVerdict = {
      text: 'count(data_throughput){of = "x"} > 100',
      passed: true,
      value: 200,
      limit: 100,
      unit: 'number',
      of: 'records',
      margin: 1,
    };
    const whole = { ...result, metrics, checks, thresholds: [...result.thresholds, asked] };
    expectGolden('metrics.txt', `${renderSummary(whole, options)}\n`);
    const folder = temporaryFolder();
    writeRunJson(folder, whole, (text) => text);
    const { result: saved } = await readResult(folder);
    expect(renderSummary(saved, options)).toBe(renderSummary(whole, options));
  });

  it('is the same from the live result and from its run.json', async () => {
    const folder = temporaryFolder();
    const result = await resultOf(tenSeconds(), promises);
    writeRunJson(folder, result, (text) => text);
    const saved = await readResult(folder);
    expect(saved.warnings).toEqual([]);
    expect(renderSummary(saved.result, options)).toBe(renderSummary(result, options));
  });

  it('has the same rows from the live result and from its JTL', async () => {
    const environment = environmentOf();
    await play(jtlCsv, environment, tenSeconds(), await resultOf([]));
    const { result: saved, warnings } = await readResult(environment.folder);
    const live = await resultOf(tenSeconds());
    expect(warnings).toEqual([`${environment.folder}: there is no run.json; counted from samples.jtl`]);
    const durationRatio = (live.endEpochMs - live.startEpochMs) / (saved.endEpochMs - saved.startEpochMs);
    const counted = saved.labels.map(({ perSecond, receivedKbPerSecond, sentKbPerSecond, ...row }) => ({
      ...row,
      perSecond: perSecond / durationRatio,
      receivedKbPerSecond: receivedKbPerSecond / durationRatio,
      sentKbPerSecond: sentKbPerSecond / durationRatio,
    }));
    for (const [i, row] of live.labels.entries()) {
      const { perSecond, receivedKbPerSecond, sentKbPerSecond, ...exact } = row;
      expect(counted[i]).toMatchObject(exact);
      expect(counted[i]?.perSecond).toBeCloseTo(perSecond, 6);
      expect(counted[i]?.receivedKbPerSecond).toBeCloseTo(receivedKbPerSecond, 6);
      expect(counted[i]?.sentKbPerSecond).toBeCloseTo(sentKbPerSecond, 6);
    }
    expect(saved.labels).toHaveLength(live.labels.length);
    expect(saved.failures).toEqual(live.failures);
    expect(saved.users).toEqual({ planned: 2, started: 2, finished: 2 });
  });

  it('says what the rows of a JTL with few columns do not tell', async () => {
    const file = join(temporaryFolder(), 'few.jtl');
    writeFileSync(file, 'timeStamp,elapsed,label,success\n1,20,A,true\n');
    const { result, warnings } = await readResult(file);
    expect([result.total.count, result.users.started]).toEqual([1, 1]);
    expect(warnings).toEqual([
      `${file}: there is no column threadName: set-up, warm-up, tear-down and clean-up are counted with the load, if there are any`,
      `${file}: there is no column responseMessage: transactions are counted as samples, if there are any`,
    ]);
  });

  it('fits into 100 columns, whatever the labels', async () => {
    const long = tenSeconds().map((sample) => ({
      ...sample,
      label: `${sample.label} ${'x'.repeat(300)}`,
      failure: 'y'.repeat(500),
    }));
    const lines = renderSummary(await resultOf(long, promises), options).split('\n');
    expect(Math.max(...lines.map((line) => Array.from(line).length))).toBeLessThanOrEqual(100);
  });

  it('shows control characters instead of printing them', async () => {
    const text = renderSummary(await resultOf(tenSeconds()), options);
    expect(text).toContain('GET \\x1b[31m/issues');
    expect(text).not.toContain('\x1b');
  });

  it('uses colours only if told to', async () => {
    const result = await resultOf(tenSeconds(), promises);
    const coloured = renderSummary(result, { colours: true, columns: 100 });
    expect(coloured).toContain('\x1b[31m  ✗ error_rate < 1%');
    expect(coloured.replace(/\x1b\[\d+m/g, '')).toBe(renderSummary(result, options));
  });

  it('leaves out tags that are many and that no threshold speaks of', async () => {
    const many = tenSeconds().map((sample, i) => ({ ...sample, tags: { endpoint: `e${i % 20}` } }));
    const text = renderSummary(await resultOf(many, ['count{endpoint="e7"} > 1']), options);
    expect(text).toMatch(/^endpoint=e7 /m);
    expect(text).not.toMatch(/^endpoint=e8 /m);
  });

  it('says how many labels it does not show', async () => {
    const many = Array.from({ length: 130 }, (_, i) => ({
      ...tenSeconds()[1]!,
      kind: 'sample' as const,
      label: `/${i}`,
    }));
    expect(renderSummary(await resultOf(many), options)).toContain('and 30 more labels');
  });

  it('tells of what was skipped, of users whose set-up failed or that ended early, and of clean-up', async () => {
    const result = await resultOf([]);
    const text = renderSummary(
      {
        ...result,
        users: { ...result.users, setUpFailed: 2, endedEarly: 1 },
        skipped: [{ label: 'GET /issues/${id}', count: 12 }],
        staleReuses: [{ label: 'GET /health', count: 3 }],
        misses: [
          { label: 'Log in', variable: 'token', count: 7 },
          { label: '(other labels)', variable: '', count: 1 },
        ],
        cleanUp: { registered: 9, done: 6, failed: 2, left: 1, firstFailure: 'x' },
      },
      options,
    );
    expect(text).toContain('skipped\n     12  GET /issues/${id}\n');
    expect(text).toContain(
      'set-up failed for 2 users\n1 user ended early\nclean-up: 6 of 9 done, 2 failed, 1 left',
    );
    expect(text).toContain(
      'extractors that found nothing\n      7  token in Log in\n      1  (other labels)\n',
    );
    expect(text).toContain('sent once more, on a new connection\n      3  GET /health\n');
  });

  it('of a run without samples or thresholds is still a report, and judges nothing', async () => {
    const text = renderSummary(await resultOf([]), options);
    expect(text).toContain('Healing API under load, 10s, 2 users, 1 worker');
    expect(text).not.toContain('passed');
  });
});

describe('visibleText', () => {
  it.each([
    ['a\x1b[2Jb', 'a\\x1b[2Jb'],
    ['a\nb\tc\x7f', 'a\\x0ab\\x09c\\x7f'],
    ['a\u202eb', 'a\\u{202e}b'],
    ['Größe 日本', 'Größe 日本'],
    ['👩\u200d👩\u200d👧 👩🏽\u200d💻 ❤\ufe0f\u200d🔥', '👩\u200d👩\u200d👧 👩🏽\u200d💻 ❤\ufe0f\u200d🔥'],
    ['a\u200db 👩\u200d', 'a\\u{200d}b 👩\\u{200d}'],
  ])('shows %j as %j', (text, shown) => {
    expect(visibleText(text)).toBe(shown);
  });
});

describe('cutMiddle', () => {
  it.each([
    ['abcdef', 6, 'abcdef'],
    ['abcdefg', 6, 'abc…fg'],
    ['abcdefg', 2, 'a…'],
    ['😀😀😀😀', 5, '😀…😀'],
  ])('makes %j fit into %d', (text, width, cut) => {
    expect(cutMiddle(text, width)).toBe(cut);
  });
});
