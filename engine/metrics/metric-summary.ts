import { checksMetric, type Metric } from '../model/metric.ts';
import type { CheckRow, MetricRow, RunResult, TrendNumbers } from '../model/run-result.ts';
import { encodeHdr } from './hdr-encoding.ts';
import { loadMs, type LoadSpans } from './load-spans.ts';
import type { MetricTally } from './metric-tally.ts';
import type { MetricTotals } from './metric-totals.ts';

/**
 * What a `RunResult` says of custom metrics and checks. Counters per second divide by the time of the thread groups that
 * recorded them. A metric that nothing was recorded into has no row.
 */
export async function summariseMetrics(
  totals: MetricTotals,
  metrics: readonly Metric[],
  spans: LoadSpans,
): Promise<Required<Pick<RunResult, 'metrics' | 'checks'>>> {
  const custom = metrics.filter(({ name }) => name !== checksMetric.name);
  const rows = await Promise.all(custom.map((metric) => rowsOf(totals, metric, spans)));
  return { metrics: rows.flat(), checks: checkRows(totals) };
}

/** A row of all values, then one per `key=value`. */
async function rowsOf(totals: MetricTotals, metric: Metric, spans: LoadSpans): Promise<MetricRow[]> {
  const own = totals.keys().filter((key) => key.metric === metric.name);
  if (own.length === 0) return [];
  const tags = new Map(
    own
      .flatMap((key) => Object.entries(key.tags))
      .map(([name, value]) => [`${name}=${value}`, { name, value }]),
  );
  const row = (tag: string | null, tally: MetricTally) => metricRow({ metric, tag, tally, spans });
  return Promise.all([
    row(
      null,
      totals.sum(metric.type, (key) => key.metric === metric.name),
    ),
    ...[...tags].map(([tag, { name, value }]) =>
      row(
        tag,
        totals.sum(metric.type, (key) => key.metric === metric.name && key.tags[name] === value),
      ),
    ),
  ]);
}

async function metricRow({
  metric,
  tag,
  tally,
  spans,
}: {
  readonly metric: Metric;
  readonly tag: string | null;
  readonly tally: MetricTally;
  readonly spans: LoadSpans;
}): Promise<MetricRow> {
  const { name, type, unit } = metric;
  const { count, unknown, sum, last, min, max } = tally;
  const head = { metric: name, unit, tag, count, ...(unknown > 0 ? { unknown } : {}) };
  switch (type) {
    case 'counter': {
      const durationMs = loadMs(spans, tally.groups);
      return { ...head, type, total: sum, perSecond: durationMs > 0 ? sum / (durationMs / 1000) : 0 };
    }
    case 'gauge':
      return { ...head, type, last, min, max };
    case 'rate':
      return { ...head, type, ratio: count > 0 ? sum / count : 0 };
    case 'trend': {
      const at = (percent: number) => tally.percentile(percent) ?? 0;
      const percentiles = { median: at(50), p90: at(90), p95: at(95), p99: at(99) };
      const histogram = tally.distribution ? await encodeHdr(tally.distribution.toWindow()) : '';
      const average = count > 0 ? sum / count : 0;
      return {
        ...head,
        type,
        sum,
        average,
        min,
        ...percentiles,
        max,
        ...tableOf(metric, unknown),
        histogram,
      };
    }
  }
}

/** How its sums are shown. */
function tableOf({ summed, toKnow }: Metric, unknown: number): Pick<TrendNumbers, 'summed' | 'toKnow'> {
  return {
    ...(summed === undefined ? {} : { summed }),
    ...(unknown === 0 || toKnow === undefined ? {} : { toKnow }),
  };
}

function checkRows(totals: MetricTotals): CheckRow[] {
  const own = totals.keys().filter(({ metric }) => metric === checksMetric.name);
  const names = new Set(own.flatMap(({ tags }) => tags['check'] ?? []));
  return [...names].map((check) => {
    const tally = totals.sum(
      'rate',
      ({ metric, tags }) => metric === checksMetric.name && tags['check'] === check,
    );
    const reasons = Object.entries(tally.failures()).map(([failure, count]) => ({ failure, count }));
    return {
      check,
      passes: tally.sum,
      failures: tally.count - tally.sum,
      ratio: tally.sum / tally.count,
      reasons: reasons.sort((a, b) => b.count - a.count),
    };
  });
}
