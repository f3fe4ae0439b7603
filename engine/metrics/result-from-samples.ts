import { groupOf } from '../model/sample-phase.ts';
import type { RunResult } from '../model/run-result.ts';
import type { Sample } from '../model/sample.ts';
import type { Threshold, ThresholdVerdict } from '../model/threshold.ts';
import { Collector } from './collector.ts';
import { evaluateThreshold } from './evaluate-threshold.ts';
import { around, type Span } from './load-spans.ts';
import { trendsOf } from './parse-threshold.ts';
import { summarise } from './summary.ts';
import { Totals } from './totals.ts';

/** What can be known of a run from its samples alone. */
export type Measured = Pick<
  RunResult,
  'startEpochMs' | 'endEpochMs' | 'total' | 'labels' | 'tags' | 'failures' | 'health'
> & {
  /** Different thread names seen. */
  readonly threads: number;
  readonly thresholds: readonly ThresholdVerdict[];
};

const nothing: Span = { startEpochMs: Infinity, endEpochMs: 0 };
const never: Span = { startEpochMs: 0, endEpochMs: 0 };

function spanOf({ startEpochMs, elapsedMs, idleMs }: Sample): Span {
  return { startEpochMs, endEpochMs: startEpochMs + elapsedMs + idleMs };
}

const samplesPerWindow = 10_000;

/** Counts saved samples the way a run counts its own. The times of the load, and of each group in it, are from the first start to the last end. */
export async function resultFromSamples(
  samples: AsyncIterable<Sample> | Iterable<Sample>,
  promised: readonly Threshold[] = [],
): Promise<Measured> {
  const collector = new Collector(trendsOf(promised));
  const totals = new Totals();
  const groupOfThread = new Map<string, string>();
  const groups = new Map<string, Span>();
  let inWindow = 0;
  for await (const sample of samples) {
    const { threadName } = sample;
    const isLoad = sample.phase === 'load';
    const group = isLoad ? (groupOfThread.get(threadName) ?? groupOf(threadName)) : '';
    collector.record(sample, group);
    if (!isLoad) continue;
    // JMeter does not name the thread of a transaction in another.
    if (threadName !== '') groupOfThread.set(threadName, group);
    groups.set(group, around(spanOf(sample), groups.get(group) ?? nothing));
    if (++inWindow % samplesPerWindow === 0) totals.addSeries(collector.window());
  }
  totals.addSeries(collector.window());
  const load = groups.size === 0 ? never : [...groups.values()].reduce(around);
  const spans = { load, groups, pauses: [] };
  const thresholds = promised.map((one) => evaluateThreshold(one, totals, spans));
  const summary = await summarise(totals, spans);
  const health = totals.health.verdict({ samples: summary.total.count, load });
  return {
    ...load,
    ...summary,
    thresholds,
    health,
    threads: Math.max(groupOfThread.size, Math.min(1, groups.size)),
  };
}
