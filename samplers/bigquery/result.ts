import type { Json } from '../../engine/model/json.ts';
import type { JobFacts } from './job-facts.ts';

/** What an operation gave. */
export interface Result {
  readonly facts: JobFacts;
  /** The sample's time. */
  readonly elapsedMs: number;
  /** Rows that a load job or an insert wrote. */
  readonly writtenRows?: number;
  /** Rows that were fetched, only if somebody reads them. */
  readonly rows?: readonly Readonly<Record<string, Json>>[];
  /** The columns of the result, as BigQuery describes them; only if somebody reads them. */
  readonly schema?: unknown;
  readonly hash?: string;
  /** Why the statistics of the job could not be had. */
  readonly undone?: string;
}
