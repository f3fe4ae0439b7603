import { randomUUID } from 'node:crypto';
import { setInterval } from 'node:timers';
import type { JsonObject } from '../json.ts';
import type { Session } from '../warehouse/session.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { googleError } from './duckdb-errors.ts';
import type { Job, Outcome, Parent } from './job.ts';
import { alreadyExists, notFound, QueryError } from './query-error.ts';

export interface JobWish {
  readonly id: string | undefined;
  readonly project: string;
  readonly location: string;
  readonly kind: Job['kind'];
  readonly configuration: JsonObject;
  /** Beyond it the job is stopped. */
  readonly limitMs: number | undefined;
  readonly work: (session: Session, job: Job) => Promise<Outcome>;
}

/** A statement of a script. */
export interface ChildWish extends Pick<JobWish, 'id' | 'configuration'> {
  readonly scriptStatistics: Parent['scriptStatistics'];
  readonly work: () => Promise<Outcome>;
}

type Identity = Pick<Job, 'id' | 'project' | 'location' | 'kind' | 'configuration' | 'parent'>;

/** Jobs of DuckDB at a time: one less than the threads that Node has for such work, so that files have one too. */
const atOnce = 3;
const keptJobs = 1000;
/** Values of results that are kept; the oldest results go first, the newest always stays. */
const keptCells = 20_000_000;
const repeatInterruptMs = 20;

/** The jobs: those that wait, run, and have run. */
export class JobStore {
  readonly #warehouse: Warehouse;
  readonly #nowEpochMs: () => number;
  readonly #jobs = new Map<string, Job>();
  readonly #waiting: (() => void)[] = [];
  readonly #requests = new Map<string, Promise<Job>>();
  #running = 0;

  constructor(warehouse: Warehouse, nowEpochMs: () => number) {
    this.#warehouse = warehouse;
    this.#nowEpochMs = nowEpochMs;
  }

  /** Starts a job, as soon as there is room. */
  start(wish: JobWish): Job {
    const id = wish.id ?? `job_${randomUUID().replaceAll('-', '')}`;
    if (this.#jobs.has(id)) throw alreadyExists(`Job ${wish.project}:${wish.location}.${id}`);
    const job = this.#made({ ...wish, id, parent: undefined });
    job.done = this.#perform(job, wish);
    this.#forgetOldest();
    return job;
  }

  /** Performs a statement of a script as a job of its own, with the script's connection. Its error is the job's. */
  async child(parent: Job, { scriptStatistics, work, ...wish }: ChildWish): Promise<Job> {
    const id = wish.id ?? randomUUID();
    const job = this.#made({ ...parent, ...wish, id, parent: { id: parent.id, scriptStatistics } });
    job.startEpochMs = job.creationEpochMs;
    job.session = parent.session;
    job.done = this.#ended(job, work);
    this.#forgetOldest();
    await job.done;
    return job;
  }

  async #ended(job: Job, work: ChildWish['work']): Promise<void> {
    try {
      job.outcome = await work();
    } catch (problem) {
      job.error ??= googleError(problem);
    } finally {
      job.session = undefined;
      job.endEpochMs = this.#nowEpochMs();
    }
  }

  #made({ id, project, location, kind, configuration, parent }: Identity): Job {
    const job: Job = {
      id,
      project,
      location,
      kind,
      configuration,
      parent,
      creationEpochMs: this.#nowEpochMs(),
      startEpochMs: undefined,
      endEpochMs: undefined,
      error: undefined,
      outcome: {},
      session: undefined,
      isCancelled: false,
      done: Promise.resolve(),
    };
    this.#jobs.set(id, job);
    return job;
  }

  /** The job of a request that came before with this id, or a new one. Without an id always a new one. */
  async once(requestId: string, start: () => Promise<Job>): Promise<Job> {
    if (requestId === '') return start();
    const known = this.#requests.get(requestId);
    if (known) return known;
    const started = start();
    this.#requests.set(requestId, started);
    // A request that was refused may come again.
    started.catch(() => this.#requests.delete(requestId));
    const [oldest] = this.#requests.keys();
    if (this.#requests.size > keptJobs && oldest !== undefined) this.#requests.delete(oldest);
    return started;
  }

  find(project: string, id: string): Job {
    const job = this.#jobs.get(id);
    if (job?.project !== project) throw notFound(`Job ${project}:${id}`);
    return job;
  }

  /** The newest first. */
  list(project: string): readonly Job[] {
    return [...this.#jobs.values()].filter((job) => job.project === project).reverse();
  }

  delete(job: Job): void {
    this.#jobs.delete(job.id);
  }

  cancel(job: Job, error: QueryError = stopped): void {
    if (job.endEpochMs !== undefined || job.isCancelled) return;
    job.isCancelled = true;
    job.error = error;
    // An interrupt between two statements meets nothing, so it is repeated until the job has ended.
    const timer = setInterval(() => job.session?.interrupt(), repeatInterruptMs);
    job.session?.interrupt();
    void job.done.then(() => clearInterval(timer));
  }

  async #perform(job: Job, { limitMs, work }: JobWish): Promise<void> {
    const timer =
      limitMs === undefined ? undefined : setTimeout(() => this.cancel(job, timedOut(limitMs)), limitMs);
    await this.#room();
    try {
      if (!job.isCancelled) await this.#run(job, work);
    } catch (problem) {
      job.error ??= googleError(problem);
    } finally {
      clearTimeout(timer);
      this.#leave();
      job.startEpochMs ??= this.#nowEpochMs();
      job.endEpochMs = this.#nowEpochMs();
    }
  }

  async #run(job: Job, work: JobWish['work']): Promise<void> {
    job.startEpochMs = this.#nowEpochMs();
    const session = await this.#warehouse.connect();
    job.session = session;
    try {
      const outcome = await work(session, job);
      if (!job.isCancelled) job.outcome = outcome;
    } finally {
      job.session = undefined;
      session.close();
    }
  }

  async #room(): Promise<void> {
    if (this.#running >= atOnce) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#running += 1;
  }

  #leave(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#running -= 1;
  }

  #forgetOldest(): void {
    let cells = 0;
    let jobs = 0;
    for (const job of [...this.#jobs.values()].reverse()) {
      jobs += 1;
      const { pages } = job.outcome;
      cells += pages ? pages.rowCount * pages.columns.length : 0;
      const isOver = jobs > keptJobs || cells > keptCells;
      if (isOver && jobs > 2 && job.endEpochMs !== undefined) this.#jobs.delete(job.id);
    }
  }
}

const stopped = new QueryError('Job execution was cancelled: User requested cancellation', 'stopped', 499);

function timedOut(limitMs: number): QueryError {
  return new QueryError(`Job timed out after ${limitMs} ms`, 'timeout', 400);
}
