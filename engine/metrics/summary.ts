import type { SeriesKey } from '../model/metrics.ts';
import type { FailureCount, OwnRates, RunResult, SkipCount, SummaryRow } from '../model/run-result.ts';
import { encodeHdr } from './hdr-encoding.ts';
import { loadMs, unpausedMs, type LoadSpans } from './load-spans.ts';
import type { Tally } from './tally.ts';
import type { Totals } from './totals.ts';

/** What a `RunResult` says of the samples. */
export type Summary = Pick<RunResult, 'total' | 'labels' | 'tags' | 'failures' | 'beside' | 'cutOff'>;

/**
 * The rows of the final table. The rates of the total divide by the time of the load, those of other rows by the time of the
 * thread groups that took part; each row has its own rates besides. Transactions have rows of their own and count neither in the total nor under their tags; what was
 * taken beside the load, and what was cut off, is in none of them.
 */
export async function summarise(totals: Totals, spans: LoadSpans): Promise<Summary> {
  const keys = totals.keys();
  const row = (head: RowHead, matches: (key: SeriesKey) => boolean) =>
    summaryRow(head, totals.sum(matches), spans);
  const all = uniqueBy(keys, ({ kind, label }) => JSON.stringify([kind, label]));
  const labels = all.filter(({ kind }) => kind === 'sample' || kind === 'transaction');
  const labelRow = ({ label, kind }: SeriesKey) =>
    kind === 'cut' ? [] : row({ label, kind }, (key) => key.label === label && key.kind === kind);
  const beside = await Promise.all(all.filter(({ kind }) => kind === 'aside').flatMap(labelRow));
  const cutOff = all.flatMap((key) => cutOffOf(totals, key));
  const tags = uniqueBy(
    keys.filter(isSample).flatMap((key) => Object.entries(key.tags)),
    ([name, value]) => `${name}=${value}`,
  );
  return {
    total: await row({ label: 'total', kind: 'total' }, isSample),
    labels: await Promise.all(labels.flatMap(labelRow)),
    tags: await Promise.all(
      tags.map(([name, value]) =>
        row({ label: `${name}=${value}`, kind: 'tag' }, (key) => isSample(key) && key.tags[name] === value),
      ),
    ),
    failures: all.flatMap((key) => failuresOf(totals, key)),
    ...(beside.length > 0 ? { beside } : {}),
    ...(cutOff.length > 0 ? { cutOff } : {}),
  };
}

type RowHead = Pick<SummaryRow, 'label' | 'kind'>;

async function summaryRow(head: RowHead, tally: Tally, spans: LoadSpans): Promise<SummaryRow> {
  const own = ownRates(tally, spans);
  const elapsed = tally.trend('elapsed');
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
    ...(head.kind === 'aside'
      ? ratesOnly(own)
      : ratesOf(tally, loadMs(spans, head.kind === 'total' ? [] : tally.groups))),
    own,
    histogram: await encodeHdr(elapsed.toWindow()),
  };
}

/** What is beside the load has no time but its own. */
function ratesOnly({ perSecond, receivedKbPerSecond, sentKbPerSecond }: Rates): Rates {
  return { perSecond, receivedKbPerSecond, sentKbPerSecond };
}

type Rates = Pick<SummaryRow, 'perSecond' | 'receivedKbPerSecond' | 'sentKbPerSecond'>;

function ratesOf({ count, bytesReceived, bytesSent }: Tally, spanMs: number): Rates {
  const perSecond = (amount: number) => (spanMs > 0 ? amount / (spanMs / 1000) : 0);
  return {
    perSecond: perSecond(count),
    receivedKbPerSecond: perSecond(bytesReceived / 1024),
    sentKbPerSecond: perSecond(bytesSent / 1024),
  };
}

function ownRates(tally: Tally, { pauses }: LoadSpans): OwnRates {
  const startEpochMs = tally.count === 0 ? 0 : tally.startEpochMs;
  const span = { startEpochMs, endEpochMs: tally.endEpochMs };
  return { ...span, ...ratesOf(tally, unpausedMs(span, pauses)) };
}

function cutOffOf(totals: Totals, { label, kind }: SeriesKey): SkipCount[] {
  if (kind !== 'cut') return [];
  return [{ label, count: totals.sum((key) => key.kind === kind && key.label === label).count }];
}

/** The most frequent first. */
function failuresOf(totals: Totals, { label, kind }: SeriesKey): FailureCount[] {
  if (kind === 'cut') return [];
  const counts = totals.sum((key) => key.kind === kind && key.label === label).failures();
  return Object.entries(counts)
    .map(([failure, count]) => ({
      label,
      failure,
      count,
      ...(kind === 'aside' ? { beside: true as const } : {}),
    }))
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
