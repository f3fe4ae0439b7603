import { randomUUID } from 'node:crypto';
import { inside, listInside, textInside } from '../google/inside.ts';
import { factsOf, withFacts, type JobFacts } from './job-facts.ts';
import { unlessThere } from './job-there.ts';
import type { Operation } from './operation.ts';
import { jobRequest, queryRequest, resultsRequest, type JobPlace } from './query-requests.ts';
import { hashOfRows } from './result-hash.ts';
import type { Result } from './result.ts';
import { fieldsOf, objectOf, valuesOf } from './rows.ts';

/** How long BigQuery lets a request for results wait when it is not told. */
const usualWaitMs = 10_000;

/** Runs a statement and fetches what is wished of its rows. */
export async function runQuery(operation: Operation): Promise<Result> {
  const { config, context } = operation;
  const keeps = context.keepBody || config.resultHash !== false;
  const pages = new Pages(config.fetch, keeps);
  const asJob = config.api === 'insert' || config.dryRun || config.priority === 'BATCH';
  const facts = asJob ? await throughJob(operation, pages) : await throughQuery(operation, pages);
  const elapsedMs = operation.done();
  return keeps ? { facts, elapsedMs, ...(await contentOf(pages, operation)) } : { facts, elapsedMs };
}

/** `jobs.query`: one request where the first page is all that is wished and the query is quick. */
async function throughQuery(operation: Operation, pages: Pages): Promise<JobFacts> {
  const { config, send } = operation;
  const { maxResults } = pages;
  // A statement that is slower than most of its time limit must have told its job by then: it is cancelled by its id.
  const timeoutMs = config.timeout < usualWaitMs * 1.1 ? Math.round(config.timeout * 0.9) : usualWaitMs;
  const answer = await send(queryRequest(operation, { timeoutMs, maxResults }));
  pages.add(answer);
  const facts = factsOf(answer);
  if (!pages.hasMore) return facts;
  const jobId = facts.jobId ?? textInside(answer, 'queryId') ?? '';
  return withFacts(facts, await fetchRest(operation, { jobId, location: facts.location }, pages));
}

/** `jobs.insert`, then `getQueryResults`, which waits on the server: nothing is polled at intervals. */
async function throughJob(operation: Operation, pages: Pages): Promise<JobFacts> {
  const { config, exchange, send } = operation;
  const { dryRun, location = '' } = config;
  const jobId = randomUUID();
  if (!dryRun) exchange.job = { id: jobId, location };
  const created = await unlessThere(() => send(jobRequest(operation, jobId)));
  if (dryRun) return factsOf(created);
  const facts = factsOfMade(created);
  pages.hasMore = true;
  const place = location === '' ? facts.location : location;
  return withFacts(facts, await fetchRest(operation, { jobId, location: place }, pages));
}

/** Of a job that is still at work, what it has used so far says nothing. */
function factsOfMade(job: unknown): JobFacts {
  const facts = factsOf(job);
  if (inside(job, 'status', 'state') === 'DONE') return facts;
  const { jobId, location, creationEpochMs, startEpochMs } = facts;
  return { ...factsOf({}), jobId, location, creationEpochMs, startEpochMs };
}

async function fetchRest(operation: Operation, job: JobPlace, pages: Pages): Promise<JobFacts> {
  let facts: JobFacts = factsOf({});
  while (pages.hasMore) {
    const answer = await operation.send(resultsRequest(operation, job, pages));
    pages.add(answer);
    facts = withFacts(facts, factsOf(answer));
  }
  return facts;
}

/** The pages of a result, as far as they are wished. */
class Pages {
  readonly rows: unknown[] = [];
  schema: unknown;
  pageToken: string | undefined;
  hasMore = false;
  readonly #most: number;
  readonly #keeps: boolean;
  #count = 0;

  constructor(fetch: number | 'none' | 'all', keeps: boolean) {
    this.#most = fetch === 'none' ? 0 : fetch === 'all' ? Infinity : fetch;
    this.#keeps = keeps;
  }

  /** For the next page; null: as many as BigQuery puts into one. */
  get maxResults(): number | null {
    return this.#most === Infinity ? null : this.#most - this.#count;
  }

  add(answer: unknown): void {
    // A stand-in may give more than it was asked for.
    const page = listInside(answer, 'rows').slice(0, this.#most - this.#count);
    this.#count += page.length;
    this.schema = inside(answer, 'schema') ?? this.schema;
    if (this.#keeps) for (const row of page) this.rows.push(row);
    this.pageToken = textInside(answer, 'pageToken');
    const isRunning = inside(answer, 'jobComplete') === false;
    this.hasMore = isRunning || (this.pageToken !== undefined && this.#count < this.#most);
  }
}

/** Rows are read once the sample's time has ended. */
async function contentOf(
  { rows, schema }: Pages,
  { config, context }: Operation,
): Promise<Pick<Result, 'rows' | 'schema' | 'hash'>> {
  const fields = fieldsOf(schema);
  const { resultHash } = config;
  return {
    ...(resultHash === false ? {} : { hash: await hashOfRows(rows, fields, resultHash) }),
    ...(context.keepBody ? { rows: rows.map((row) => objectOf(valuesOf(row, fields), fields)), schema } : {}),
  };
}
