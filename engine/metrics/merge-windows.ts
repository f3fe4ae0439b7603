import type { HealthWindow, RunWindow, SeriesWindow, TrendWindow, WorkerWindow } from '../model/metrics.ts';
import { trendNames } from '../model/threshold.ts';
import { mergeTrends } from './merge-trends.ts';
import { mergeMetrics } from './metric-totals.ts';
import { seriesKeyText } from './series-key.ts';

/**
 * The windows of all workers for the same time as one, with what no window of a worker counts. `utilisation` is the busiest
 * worker's.
 */
export function mergeWindows(
  windows: readonly WorkerWindow[],
  uncounted: readonly SeriesWindow[] = [],
): RunWindow {
  const sum = (value: (window: WorkerWindow) => number) =>
    windows.reduce((total, window) => total + value(window), 0);
  const metrics = windows.flatMap((window) => window.metrics ?? []);
  return {
    fromEpochMs: windows.length === 0 ? 0 : Math.min(...windows.map((window) => window.fromEpochMs)),
    toEpochMs: Math.max(0, ...windows.map((window) => window.toEpochMs)),
    series: mergeSeries([...windows.flatMap((window) => window.series), ...uncounted]),
    ...(metrics.length > 0 ? { metrics: mergeMetrics(metrics) } : {}),
    users: {
      active: sum(({ users }) => users.active),
      started: sum(({ users }) => users.started),
      finished: sum(({ users }) => users.finished),
    },
    health: mergeHealth(windows.map((window) => window.health)),
  };
}

function mergeSeries(all: readonly SeriesWindow[]): SeriesWindow[] {
  const merged = new Map<string, SeriesWindow>();
  for (const window of all) {
    const text = seriesKeyText(window);
    const before = merged.get(text);
    merged.set(text, before ? addSeries(before, window) : window);
  }
  return [...merged.values()];
}

function addSeries(a: SeriesWindow, b: SeriesWindow): SeriesWindow {
  const failures = new Map(Object.entries(a.failures));
  for (const [text, count] of Object.entries(b.failures))
    failures.set(text, (failures.get(text) ?? 0) + count);
  return {
    label: a.label,
    tags: a.tags,
    kind: a.kind,
    count: a.count + b.count,
    errors: a.errors + b.errors,
    startEpochMs: Math.min(a.startEpochMs, b.startEpochMs),
    endEpochMs: Math.max(a.endEpochMs, b.endEpochMs),
    groups: [...new Set([...a.groups, ...b.groups])],
    bytesReceived: a.bytesReceived + b.bytesReceived,
    bytesSent: a.bytesSent + b.bytesSent,
    trends: addTrends(a.trends, b.trends),
    failures: Object.fromEntries(failures),
  };
}

function addTrends(a: SeriesWindow['trends'], b: SeriesWindow['trends']): SeriesWindow['trends'] {
  return Object.fromEntries(
    trendNames.flatMap((name) => {
      const parts = [a[name], b[name]].filter((trend) => trend !== undefined);
      return parts.length === 0 ? [] : [[name, parts.reduce(mergeTrends)]];
    }),
  );
}

function mergeHealth(parts: readonly HealthWindow[]): HealthWindow {
  const sum = (value: (part: HealthWindow) => number) =>
    parts.reduce((total, part) => total + value(part), 0);
  return {
    lateness: parts.map((part) => part.lateness).reduce(mergeTrends, nothing),
    stalls: sum((part) => part.stalls),
    stalledMs: sum((part) => part.stalledMs),
    longestStallMs: Math.max(0, ...parts.map((part) => part.longestStallMs)),
    taintedSamples: sum((part) => part.taintedSamples),
    utilisation: Math.max(0, ...parts.map((part) => part.utilisation)),
    heldBackMs: sum((part) => part.heldBackMs),
  };
}

const nothing: TrendWindow = {
  count: 0,
  sumMs: 0,
  minMs: 0,
  maxMs: 0,
  buckets: new Uint32Array(),
  counts: new Uint32Array(),
};
