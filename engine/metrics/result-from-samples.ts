import type { RunResult } from '../model/run-result.ts';
import type { Sample } from '../model/sample.ts';
import type { Threshold, ThresholdVerdict } from '../model/threshold.ts';
import { Collector } from './collector.ts';
import { evaluateThreshold } from './evaluate-threshold.ts';
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

const samplesPerWindow = 10_000;

/** Counts saved samples the way a run counts its own. The times are the first start and the last end. */
export async function resultFromSamples(
  samples: AsyncIterable<Sample> | Iterable<Sample>,
  promised: readonly Threshold[] = [],
): Promise<Measured> {
  const collector = new Collector(trendsOf(promised));
  const totals = new Totals();
  const threads = new Set<string>();
  let startEpochMs = Infinity;
  let endEpochMs = 0;
  let inWindow = 0;
  for await (const sample of samples) {
    collector.record(sample);
    if (sample.kind === 'aside') continue;
    threads.add(sample.threadName);
    startEpochMs = Math.min(startEpochMs, sample.startEpochMs);
    endEpochMs = Math.max(endEpochMs, sample.startEpochMs + sample.elapsedMs + sample.idleMs);
    if (++inWindow % samplesPerWindow === 0) totals.addSeries(collector.window());
  }
  totals.addSeries(collector.window());
  if (startEpochMs === Infinity) startEpochMs = endEpochMs;
  const durationMs = endEpochMs - startEpochMs;
  const thresholds = promised.map((one) => evaluateThreshold(one, totals, durationMs));
  const summary = await summarise(totals, durationMs);
  const health = totals.health.verdict({ samples: summary.total.count, load: { startEpochMs, endEpochMs } });
  return { startEpochMs, endEpochMs, ...summary, thresholds, health, threads: threads.size };
}
