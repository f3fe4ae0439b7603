import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { MetricRow, MonitorResult, RunResult } from '../engine/model/run-result.ts';
import { metricTables } from './metric-tables.ts';
import { monitorTable } from './monitor-table.ts';
import { readResult } from './report.ts';
import { writeRunJson } from './run-json.ts';
import { environmentOf, resultOf } from './test-support/run.ts';

const numbers = {
  average: 0.5,
  min: 0.25,
  median: 0.5,
  p90: 0.7,
  p95: 0.75,
  p99: 0.8,
  max: 0.875,
  histogram: '',
};
const trend = (metric: string, unit: string, tag: string | null, factor = 1): MetricRow => ({
  metric,
  unit,
  tag,
  count: 12,
  type: 'trend',
  ...numbers,
  average: numbers.average * factor,
  max: numbers.max * factor,
});

const metrics: readonly MetricRow[] = [
  trend('machine_cpu', 'ratio', null),
  trend('machine_cpu', 'ratio', 'monitor=machine'),
  trend('process_memory', 'bytes', null),
  trend('process_memory', 'bytes', 'monitor=api', 1e9),
  trend('process_threads', 'threads', 'monitor=api', 20),
  { metric: 'queue', unit: '', tag: 'monitor=queue', count: 3, type: 'gauge', last: 4, min: -1, max: 7.5 },
  trend('own', '', null),
];

const points = [
  [1_763_822_100_000, 0.5],
  [1_763_822_101_000, null],
  [1_763_822_102_000, -1.5e-7],
] as const;
const series = (metric: string, unit: string) => ({ metric, unit, points });
const well = { readings: 12, missed: 0, reasons: [] };
const monitors: readonly MonitorResult[] = [
  { monitor: 'machine', kind: 'machine', ...well, series: [series('machine_cpu', 'ratio')] },
  {
    monitor: 'api',
    kind: 'process',
    ...well,
    series: [series('process_memory', 'bytes'), series('process_threads', 'threads')],
  },
  {
    monitor: 'queue',
    kind: 'promql',
    readings: 12,
    missed: 9,
    reasons: [{ failure: 'refused\u001b', count: 9 }],
    series: [series('queue', '')],
  },
  {
    monitor: 'gone',
    kind: 'promql',
    readings: 3,
    missed: 3,
    reasons: [{ failure: 'x', count: 3 }],
    series: [],
  },
];

async function monitored(): Promise<RunResult> {
  return { ...(await resultOf([])), metrics, monitors };
}

describe('what monitors have read', () => {
  it('is a table of its own, monitor by monitor, with what was missed', async () => {
    expect(monitorTable(await monitored(), 100)).toEqual([
      'monitors                     values     avg    min    med    p95     max',
      'machine',
      '  machine_cpu                    12   50.0%  25.0%  50.0%  75.0%   87.5%',
      'api',
      '  process_memory                 12  500 MB    0 B    1 B    1 B  875 MB',
      '  process_threads (threads)      12      10   0.25    0.5   0.75      18',
      'queue',
      '  queue                           3             -1                   7.5',
      '  9 of 12 readings gave nothing',
      '      9  refused\\x1b',
      'gone',
      '  3 of 3 readings gave nothing',
      '      3  x',
    ]);
  });

  it('is not among the other metrics', async () => {
    const text = metricTables(await monitored(), 100).join('\n');
    expect(text).toContain('own');
    expect(text).not.toMatch(/machine_cpu|process_memory|queue/);
  });

  it('is no line without monitors', async () => {
    expect(monitorTable(await resultOf([]), 100)).toEqual([]);
  });

  it('is in run.json over time, a point a line, and read back as it was', async () => {
    const environment = environmentOf({ redact: (text) => text });
    const result = await monitored();
    writeRunJson(environment.folder, result, (text) => environment.redact(text));
    expect((await readResult(environment.folder)).result).toEqual(result);
    const text = readFileSync(join(environment.folder, 'run.json'), 'utf8');
    expect(text).toContain('\n            [1763822101000, null],\n            [1763822102000, -1.5e-7]\n');
  });
});
