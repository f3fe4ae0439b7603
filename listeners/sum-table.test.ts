import { expect, it } from 'vitest';
import type { MetricRow } from '../engine/model/run-result.ts';
import { aggregateCsv } from './aggregate-csv.ts';
import { sumTable } from './sum-table.ts';
import { resultOf, tenSeconds } from './test-support/run.ts';

const numbers = { average: 1, min: 1, median: 1, p90: 1, p95: 1, p99: 1, max: 1, histogram: '' };

function row(
  metric: string,
  [unit, summed]: readonly [string, string?],
  more: Partial<MetricRow>,
): MetricRow {
  return {
    type: 'trend',
    metric,
    unit,
    tag: null,
    count: 4,
    ...numbers,
    ...(summed ? { summed } : {}),
    ...more,
  } as MetricRow;
}

const [billed, slots, cost] = [
  ['bytes', 'billed'],
  ['ms', 'slot time'],
  ['', 'cost'],
] as const;

const metrics = [
  row('bytes_billed', billed, { sum: 30_000_000, count: 3 }),
  row('bytes_billed', billed, { sum: 20_000_000, count: 2, tag: 'name=Log in' }),
  row('bytes_billed', billed, { sum: 10_000_000, count: 1, tag: 'name=Fix' }),
  row('bytes_billed', billed, { sum: 1, tag: 'size=small' }),
  row('slot_ms', slots, { sum: 7_265_000, count: 2, unknown: 1 }),
  row('slot_ms', slots, { sum: 7_265_000, count: 2, tag: 'name=Log in' }),
  row('slot_ms', slots, { sum: 0, count: 0, unknown: 1, tag: 'name=Fix' }),
  row('cost', cost, { sum: 12.3456 + 0.000_17 }),
  row('cost', cost, { sum: 12.3456, tag: 'name=Log in' }),
  row('cost', cost, { sum: 0.000_17, tag: 'name=Fix' }),
];

it('shows sums by label and in total', async () => {
  const result = { ...(await resultOf(tenSeconds())), metrics };
  expect(sumTable(result, 100)).toEqual([
    'sums    values  billed  slot time     cost',
    'Log in       4   20 MB      2h01m    12.35',
    'Fix          4   10 MB      ≥ 0ms  0.00017',
    'total        4   30 MB    ≥ 2h01m    12.35',
    '≥: the least that it can be, as 1 value is not known',
  ]);
});

it('says what is not known, and what to write to know it', async () => {
  const result = await resultOf(tenSeconds());
  const unknown = { sum: 0, count: 0, unknown: 3, toKnow: 'write this' };
  const lines = (...rows: MetricRow[]) => sumTable({ ...result, metrics: rows }, 100);
  const [none, some] = [row('slot_ms', slots, unknown), row('cost', cost, { sum: 2, unknown: 1 })];
  expect(lines(none)).toEqual(['slot time: not known', 'write this']);
  expect(lines(row('bytes_billed', billed, unknown), none)).toEqual([
    'billed and slot time: not known',
    'write this',
  ]);
  expect(lines(none, some).slice(-3)).toEqual([
    '≥: the least that it can be, as 1 value is not known',
    'slot time: not known',
    'write this',
  ]);
});

it('shows nothing where there are no sums', async () => {
  const result = await resultOf(tenSeconds());
  const plain = row('took', ['ms'], { sum: 5 });
  for (const rows of [undefined, [], [plain]])
    expect(sumTable({ ...result, ...(rows ? { metrics: rows } : {}) }, 100)).toEqual([]);
});

it('are columns of the CSV behind those of JMeter, empty where they lack something', async () => {
  const result = await resultOf(tenSeconds());
  const plain = aggregateCsv(result).split('\n');
  const lines = aggregateCsv({ ...result, metrics }).split('\n');
  // Labels with sums, then one without, a hostile one, a transaction that has the name of a label, and the total.
  expect(lines.map((line, i) => line.slice(plain[i]?.length))).toEqual([
    ',bytes_billed,slot_ms,cost',
    ',20000000,7265000,12.3456',
    ',,,',
    ',,,',
    ',,,',
    ',30000000,,12.34577',
    '',
  ]);
});
