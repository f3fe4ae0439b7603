import type { Metric } from '../../engine/model/metric.ts';
import type { JobFacts } from './job-facts.ts';
import { costOf } from './price.ts';
import type { Result } from './result.ts';
import type { BigQueryConfig } from './schema.ts';

/** What a query is billed by is in most answers to `jobs.query`, and in none to `getQueryResults`. */
const toKnow = 'what answers to queries leave out is asked for with statistics: true';

type Declared = Readonly<Record<string, Omit<Metric, 'name'>>>;

/** What BigQuery tells of a job, as metrics. What it does not tell, or not this time, is not recorded. */
export const bigqueryMetrics = {
  bigquery_bytes_processed: {
    type: 'trend',
    unit: 'bytes',
    description: 'Bytes that a query processed; of a dry run, the estimate.',
  },
  bigquery_bytes_billed: {
    type: 'trend',
    unit: 'bytes',
    description:
      'Bytes that a query is billed for: whole megabytes, 10 at the least for each table; 0 from the cache.',
    summed: 'billed',
    toKnow,
  },
  bigquery_slot_ms: {
    type: 'trend',
    unit: 'ms',
    description: 'Slot time that a job used: the work of all its slots.',
    summed: 'slot time',
    toKnow,
  },
  cost: {
    type: 'trend',
    unit: '',
    description:
      'What a query costs, in the currency of `price`. Sums, means, the least and the greatest are exact, percentiles to a thousandth.',
    summed: 'cost',
    needs: 'price',
  },
  bigquery_cache_hits: {
    type: 'rate',
    unit: '',
    description: 'Share of the queries that the cache answered.',
  },
  bigquery_queue_time: { type: 'trend', unit: 'ms', description: 'From the making of a job to its start.' },
  bigquery_execution_time: {
    type: 'trend',
    unit: 'ms',
    description:
      'From the start of a job to its end, by BigQuery’s clock: a sample’s time without the way there and back.',
  },
  bigquery_rows: {
    type: 'trend',
    unit: 'rows',
    description: 'Rows of a result, or rows that a statement, a load job or an insert has written.',
  },
  bigquery_rows_per_second: {
    type: 'trend',
    unit: 'rows/s',
    description: 'Rows of a load job or an insert in the sample’s time.',
  },
  bigquery_bad_records: {
    type: 'counter',
    unit: 'rows',
    description: 'Rows that load jobs left out as bad.',
  },
  bigquery_retries: {
    type: 'counter',
    unit: 'requests',
    description: 'Requests that were sent again, with retries.',
  },
} as const satisfies Declared;

type Values = Partial<Record<keyof typeof bigqueryMetrics, number | null | undefined>>;

/** The values of one operation. */
export function metricsOf(
  { facts, writtenRows, elapsedMs }: Result,
  config: BigQueryConfig,
  retried: number,
): Record<string, number | null> {
  const { isCacheHit, creationEpochMs, startEpochMs, endEpochMs } = facts;
  const seconds = elapsedMs / 1000;
  return told({
    bigquery_bytes_processed: facts.bytesProcessed,
    ...billOf(facts, config),
    bigquery_cache_hits: isCacheHit === undefined ? undefined : Number(isCacheHit),
    bigquery_queue_time: between(creationEpochMs, startEpochMs),
    bigquery_execution_time: between(startEpochMs, endEpochMs),
    bigquery_rows: writtenRows ?? facts.rows,
    bigquery_rows_per_second: writtenRows === undefined || seconds <= 0 ? undefined : writtenRows / seconds,
    bigquery_bad_records: facts.badRows,
    bigquery_retries: retried > 0 ? retried : undefined,
  });
}

/** Those of one that failed. `isOpen`: nobody has said that it failed, so that BigQuery may bill it. */
export function metricsOfFailure(
  config: BigQueryConfig,
  { retried, isOpen }: { readonly retried: number; readonly isOpen: boolean },
): Record<string, number | null> {
  return told({
    ...(isOpen ? billOf({}, config) : {}),
    bigquery_retries: retried > 0 ? retried : undefined,
  });
}

/** What a query is billed by, and its price. An estimate is free, and other jobs are not billed by the query. */
function billOf(facts: Partial<JobFacts>, config: BigQueryConfig): Values {
  const { bytesBilled, slotMs, isCacheHit } = facts;
  const { query, file, dryRun, price } = config;
  if (query === undefined && file === undefined) return { bigquery_slot_ms: slotMs };
  if (dryRun) return { bigquery_bytes_billed: bytesBilled, bigquery_slot_ms: slotMs, cost: price && 0 };
  return {
    bigquery_bytes_billed: bytesBilled ?? null,
    bigquery_slot_ms: slotMs ?? null,
    cost: price && costOf({ bytesBilled, slotMs, isCacheHit }, price),
  };
}

/** What is not told is not recorded. */
function told(values: Values): Record<string, number | null> {
  const known: Record<string, number | null> = {};
  for (const [name, value] of Object.entries(values)) if (value !== undefined) known[name] = value;
  return known;
}

function between(fromEpochMs: number | undefined, toEpochMs: number | undefined): number | undefined {
  if (fromEpochMs === undefined || toEpochMs === undefined) return undefined;
  return Math.max(0, toEpochMs - fromEpochMs);
}
