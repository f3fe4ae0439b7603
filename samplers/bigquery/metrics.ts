import type { Metric } from '../../engine/model/metric.ts';
import type { Result } from './result.ts';

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
  },
  bigquery_slot_ms: {
    type: 'trend',
    unit: 'ms',
    description: 'Slot time that a job used: the work of all its slots.',
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

/** The values of one operation. */
export function metricsOf(
  { facts, writtenRows, elapsedMs }: Result,
  retried: number,
): Record<string, number> {
  const { isCacheHit, creationEpochMs, startEpochMs, endEpochMs } = facts;
  const seconds = elapsedMs / 1000;
  const values: Partial<Record<keyof typeof bigqueryMetrics, number | undefined>> = {
    bigquery_bytes_processed: facts.bytesProcessed,
    bigquery_bytes_billed: facts.bytesBilled,
    bigquery_slot_ms: facts.slotMs,
    bigquery_cache_hits: isCacheHit === undefined ? undefined : Number(isCacheHit),
    bigquery_queue_time: between(creationEpochMs, startEpochMs),
    bigquery_execution_time: between(startEpochMs, endEpochMs),
    bigquery_rows: writtenRows ?? facts.rows,
    bigquery_rows_per_second: writtenRows === undefined || seconds <= 0 ? undefined : writtenRows / seconds,
    bigquery_bad_records: facts.badRows,
    bigquery_retries: retried > 0 ? retried : undefined,
  };
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
  );
}

function between(fromEpochMs: number | undefined, toEpochMs: number | undefined): number | undefined {
  if (fromEpochMs === undefined || toEpochMs === undefined) return undefined;
  return Math.max(0, toEpochMs - fromEpochMs);
}
