import { setTimeout as sleep } from 'node:timers/promises';
import type { Job } from '@google-cloud/bigquery';
import { JobFailure } from '../google/failure.ts';
import { inside, textInside } from '../google/inside.ts';
import type { Operation } from './operation.ts';

/** Between two questions: a twentieth of the time so far, so that a measured time is at most that much too long. */
const share = 1 / 20;
const [leastMs, mostMs] = [20, 1000];

/**
 * Waits until a job is done that is no query: for those BigQuery has no request that waits. Gives the job; rejects with a `JobFailure`.
 *
 * What has been asked of it already is looked at first.
 */
export async function waitForJob(job: Job, first: unknown, { exchange }: Operation): Promise<unknown> {
  const startMs = performance.now();
  let found = first;
  while (inside(found, 'status', 'state') !== 'DONE') {
    const pauseMs = Math.min(mostMs, Math.max(leastMs, (performance.now() - startMs) * share));
    await sleep(pauseMs, undefined, { signal: exchange.signal }).catch(() =>
      exchange.signal.throwIfAborted(),
    );
    const asked: readonly unknown[] = await job.getMetadata();
    found = asked[0];
  }
  const error = inside(found, 'status', 'errorResult');
  if (error === undefined) return found;
  throw new JobFailure(
    textInside(error, 'reason') ?? 'failed',
    textInside(error, 'message') ?? 'no explanation',
  );
}
