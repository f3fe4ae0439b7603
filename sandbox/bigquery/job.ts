import type { JsonObject } from '../json.ts';
import type { Column, Session } from '../warehouse/session.ts';
import type { Pages } from './pages.ts';
import type { QueryError } from './query-error.ts';

/** A job and what is known of it. */
export interface Job {
  readonly id: string;
  readonly project: string;
  readonly location: string;
  readonly kind: 'query' | 'load' | 'extract' | 'copy';
  readonly configuration: JsonObject;
  /** Of a statement of a script: the script's job, and where the statement stands. */
  readonly parent: Parent | undefined;
  readonly creationEpochMs: number;
  startEpochMs: number | undefined;
  endEpochMs: number | undefined;
  error: QueryError | undefined;
  /** What it tells of itself besides times. */
  outcome: Outcome;
  /** Set while it runs, so that it can be interrupted. */
  session: Session | undefined;
  isCancelled: boolean;
  /** Resolves when it has ended, well or not. */
  done: Promise<void>;
}

export interface Parent {
  readonly id: string;
  readonly scriptStatistics: JsonObject;
}

export interface Outcome {
  readonly columns?: readonly Column[];
  readonly pages?: Pages;
  readonly cacheHit?: boolean;
  readonly bytesProcessed?: number;
  readonly bytesBilled?: number;
  /** Of a script: the sum of its statements'. Otherwise it is how long it took. */
  readonly slotMs?: number;
  /** Of a script: how many of its statements were jobs. */
  readonly childJobs?: number;
  readonly statementType?: string;
  readonly affectedRows?: number;
  readonly dml?: JsonObject;
  readonly referencedTables?: readonly JsonObject[];
  /** Of other kinds than queries: `{ load: { outputRows: … } }`. */
  readonly statistics?: JsonObject;
}

/** A job as REST shows it. */
export function jobResource(job: Job): JsonObject {
  const state = stateOf(job);
  return {
    kind: 'bigquery#job',
    id: `${job.project}:${job.location}.${job.id}`,
    jobReference: referenceOf(job),
    user_email: 'sandbox@loadplan.invalid',
    configuration: { ...job.configuration, jobType: job.kind.toUpperCase() },
    status: { state, ...(job.error && { errorResult: errorOf(job.error), errors: [errorOf(job.error)] }) },
    statistics: statisticsOf(job),
  };
}

export function stateOf({ startEpochMs, endEpochMs }: Job): 'DONE' | 'RUNNING' | 'PENDING' {
  return endEpochMs !== undefined ? 'DONE' : startEpochMs !== undefined ? 'RUNNING' : 'PENDING';
}

export function referenceOf({ project, id, location }: Pick<Job, 'project' | 'id' | 'location'>): JsonObject {
  return { projectId: project, jobId: id, location };
}

function errorOf({ reason, message, location }: QueryError): JsonObject {
  return { reason, message, ...(location !== undefined && { location }) };
}

/** Slot-milliseconds: nobody has more than one slot here. */
export function slotMsOf({ startEpochMs, endEpochMs, outcome }: Job): number {
  if (outcome.slotMs !== undefined) return outcome.slotMs;
  if (outcome.cacheHit) return 0;
  return Math.max(1, startEpochMs !== undefined && endEpochMs !== undefined ? endEpochMs - startEpochMs : 0);
}

function statisticsOf(job: Job): JsonObject {
  const { creationEpochMs, startEpochMs, endEpochMs, outcome } = job;
  const ran = startEpochMs !== undefined && endEpochMs !== undefined ? endEpochMs - startEpochMs : 0;
  const slotMs = slotMsOf(job);
  return {
    creationTime: String(creationEpochMs),
    ...(startEpochMs !== undefined && { startTime: String(startEpochMs) }),
    ...(endEpochMs !== undefined && {
      endTime: String(endEpochMs),
      totalSlotMs: String(slotMs),
      finalExecutionDurationMs: String(ran),
    }),
    totalBytesProcessed: String(outcome.bytesProcessed ?? 0),
    ...(outcome.childJobs !== undefined && { numChildJobs: String(outcome.childJobs) }),
    ...(job.parent && { parentJobId: job.parent.id, scriptStatistics: job.parent.scriptStatistics }),
    ...(job.kind === 'query' && { query: queryStatistics(outcome, slotMs, ran) }),
    ...outcome.statistics,
  };
}

function queryStatistics(outcome: Outcome, slotMs: number, ranMs: number): JsonObject {
  const step = {
    elapsedMs: String(ranMs),
    totalSlotMs: String(slotMs),
    pendingUnits: '0',
    completedUnits: '1',
  };
  return {
    cacheHit: outcome.cacheHit ?? false,
    totalBytesProcessed: String(outcome.bytesProcessed ?? 0),
    totalBytesBilled: String(outcome.bytesBilled ?? 0),
    billingTier: 1,
    totalSlotMs: String(slotMs),
    ...(outcome.statementType !== undefined && { statementType: outcome.statementType }),
    ...(outcome.referencedTables && { referencedTables: outcome.referencedTables }),
    ...(outcome.affectedRows !== undefined && { numDmlAffectedRows: String(outcome.affectedRows) }),
    ...(outcome.dml && { dmlStats: outcome.dml }),
    timeline: [{ ...step, activeUnits: '0' }],
    queryPlan: [],
  };
}
