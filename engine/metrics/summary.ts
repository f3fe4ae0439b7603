import type { SeriesKey } from '../model/metrics.ts';
import type { FailureCount, RunResult, SummaryRow } from '../model/run-result.ts';
import { encodeHdr } from './hdr-encoding.ts';
import type { Tally } from './tally.ts';
import type { Totals } from './totals.ts';

/** What a `RunResult` says of the samples. */
export type Summary = Pick<RunResult, 'total' | 'labels' | 'tags' | 'failures'>;

/**
 * The rows of the final table. `durationMs` is the measured time of the run, by which all rates divide.
 * Transactions have rows of their own and count neither in the total nor under their tags.
 */
export async function summarise(totals: Totals, durationMs: number): Promise<Summary> {
  const keys = totals.keys();
  const row = (head: RowHead, matches: (key: SeriesKey) => boolean) =>
    summaryRow(head, totals.sum(matches), durationMs);
  const labels = uniqueBy(keys, ({ kind, label }) => JSON.stringify([kind, label]));
  const tags = uniqueBy(
    keys.filter(isSample).flatMap((key) => Object.entries(key.tags)),
    ([name, value]) => `${name}=${value}`,
  );
  return {
    total: await row({ label: 'total', kind: 'total' }, isSample),
    labels: await Promise.all(
      labels.map(({ label, kind }) =>
        row({ label, kind }, (key) => key.label === label && key.kind === kind),
      ),
    ),
    tags: await Promise.all(
      tags.map(([name, value]) =>
        row({ label: `${name}=${value}`, kind: 'tag' }, (key) => isSample(key) && key.tags[name] === value),
      ),
    ),
    failures: labels.flatMap((key) => failuresOf(totals, key)),
  };
}

type RowHead = Pick<SummaryRow, 'label' | 'kind'>;

async function summaryRow(head: RowHead, tally: Tally, durationMs: number): Promise<SummaryRow> {
  const elapsed = tally.trend('elapsed');
  const seconds = durationMs / 1000;
  const perSecond = (amount: number) => (seconds > 0 ? amount / seconds : 0);
  return {
    ...head,
    count: tally.count,
    errors: tally.errors,
    errorRatio: tally.count === 0 ? 0 : tally.errors / tally.count,
    averageMs: elapsed.count === 0 ? 0 : elapsed.sumMs / elapsed.count,
    minMs: elapsed.minMs,
    medianMs: elapsed.percentile(50),
    p90Ms: elapsed.percentile(90),
    p95Ms: elapsed.percentile(95),
    p99Ms: elapsed.percentile(99),
    maxMs: elapsed.maxMs,
    perSecond: perSecond(tally.count),
    receivedKbPerSecond: perSecond(tally.bytesReceived / 1024),
    sentKbPerSecond: perSecond(tally.bytesSent / 1024),
    histogram: await encodeHdr(elapsed.toWindow()),
  };
}

/** The most frequent first. */
function failuresOf(totals: Totals, { label, kind }: Pick<SeriesKey, 'label' | 'kind'>): FailureCount[] {
  const counts = totals.sum((key) => key.kind === kind && key.label === label).failures();
  return Object.entries(counts)
    .map(([failure, count]) => ({ label, failure, count }))
    .sort((a, b) => b.count - a.count);
}

function isSample(key: { readonly kind: SeriesKey['kind'] }): boolean {
  return key.kind === 'sample';
}

function uniqueBy<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  const seen = new Map<string, T>();
  for (const item of items) if (!seen.has(keyOf(item))) seen.set(keyOf(item), item);
  return [...seen.values()];
}
