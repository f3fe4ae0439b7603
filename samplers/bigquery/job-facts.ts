import { inside, numberInside, textInside } from '../google/inside.ts';

/** What BigQuery tells of a job, in the answer to a query or in the job itself. What it does not tell is undefined. */
export interface JobFacts {
  readonly jobId: string | undefined;
  readonly location: string | undefined;
  readonly isCacheHit: boolean | undefined;
  readonly bytesProcessed: number | undefined;
  readonly bytesBilled: number | undefined;
  readonly slotMs: number | undefined;
  readonly creationEpochMs: number | undefined;
  readonly startEpochMs: number | undefined;
  readonly endEpochMs: number | undefined;
  /** Of the result, or written by the statement or the load job. */
  readonly rows: number | undefined;
  readonly badRows: number | undefined;
}

/** Earlier than this is no time in milliseconds: an emulator writes seconds. */
const earliestEpochMs = 1e11;

/** Facts of an answer of `jobs.query`, `jobs.getQueryResults`, `jobs.insert` or `jobs.get`. */
export function factsOf(answer: unknown): JobFacts {
  const statistics = inside(answer, 'statistics') ?? answer;
  const query = inside(statistics, 'query');
  const load = inside(statistics, 'load');
  const isCacheHit = inside(query, 'cacheHit') ?? inside(answer, 'cacheHit');
  const number = (key: string) => numberInside(query, key) ?? numberInside(statistics, key);
  const time = (key: string) => {
    const epochMs = numberInside(statistics, key);
    return epochMs !== undefined && epochMs > earliestEpochMs ? epochMs : undefined;
  };
  return {
    jobId: textInside(answer, 'jobReference', 'jobId'),
    location: textInside(answer, 'jobReference', 'location') ?? textInside(answer, 'location'),
    isCacheHit: typeof isCacheHit === 'boolean' ? isCacheHit : undefined,
    bytesProcessed: number('totalBytesProcessed'),
    // What comes from the cache is free, whether an answer says so or not.
    bytesBilled: number('totalBytesBilled') ?? (isCacheHit === true ? 0 : undefined),
    slotMs: number('totalSlotMs'),
    creationEpochMs: time('creationTime'),
    startEpochMs: time('startTime'),
    endEpochMs: time('endTime'),
    rows: number('numDmlAffectedRows') ?? number('totalRows') ?? numberInside(load, 'outputRows'),
    badRows: numberInside(load, 'badRecords'),
  };
}

/** Earlier facts, and later ones where they say something. */
export function withFacts(earlier: JobFacts, later: JobFacts): JobFacts {
  const told = Object.entries(later).filter(([, value]) => value !== undefined);
  return { ...earlier, ...Object.fromEntries(told) };
}
