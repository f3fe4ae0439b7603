import type { HealthWindow, SeriesWindow, WorkerWindow } from '../../model/metrics.ts';
import { groupOf } from '../../model/sample-phase.ts';
import type { Sample } from '../../model/sample.ts';
import type { TrendName } from '../../model/threshold.ts';
import { Collector } from '../collector.ts';
import { Histogram } from '../histogram.ts';
import type { LoadSpans } from '../load-spans.ts';
import { Totals } from '../totals.ts';

const startEpochMs = 1_763_822_100_000;

/** A successful sample of 20 ms, changed as wanted. */
export function sampleOf(changes: Partial<Sample> = {}): Sample {
  const start = changes.startEpochMs ?? startEpochMs;
  return {
    kind: 'sample',
    phase: 'load',
    label: 'GET /issues',
    tags: {},
    threadName: 'Users 1-1',
    dueEpochMs: start,
    startEpochMs: start,
    elapsedMs: 20,
    idleMs: 0,
    latencyMs: 18,
    connectMs: 0,
    ok: true,
    code: '200',
    message: 'OK',
    failure: '',
    dataType: 'text',
    bytesReceived: 2048,
    bytesSent: 512,
    url: 'http://127.0.0.1/issues',
    groupThreads: 1,
    allThreads: 1,
    ...changes,
  };
}

export function seriesOf(samples: readonly Sample[], trends: readonly TrendName[] = []): SeriesWindow[] {
  const collector = new Collector(trends);
  for (const sample of samples) collector.record(sample, groupOf(sample.threadName));
  return collector.window();
}

export function totalsOf(samples: readonly Sample[], trends: readonly TrendName[] = []): Totals {
  const totals = new Totals();
  totals.addSeries(seriesOf(samples, trends));
  return totals;
}

/** A load that lasted so long, with groups that did. */
export function spansOf(durationMs: number, groups: LoadSpans['groups'] = new Map()): LoadSpans {
  return { load: { startEpochMs: 0, endEpochMs: durationMs }, groups, pauses: [] };
}

export function histogramOf(values: readonly number[]): Histogram {
  const histogram = new Histogram();
  for (const ms of values) histogram.record(ms);
  return histogram;
}

export const healthy: HealthWindow = {
  lateness: histogramOf([]).toWindow(),
  stalls: 0,
  stalledMs: 0,
  longestStallMs: 0,
  taintedSamples: 0,
  utilisation: 0.1,
  heldBackMs: 0,
};

/** A second of one worker, in which `samples` ended. */
export function windowOf(samples: readonly Sample[], changes: Partial<WorkerWindow> = {}): WorkerWindow {
  return {
    worker: 0,
    fromEpochMs: startEpochMs,
    toEpochMs: startEpochMs + 1000,
    series: seriesOf(samples),
    users: { active: 1, started: 1, finished: 0 },
    health: healthy,
    ...changes,
  };
}
