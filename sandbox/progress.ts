import type { Json, JsonObject } from './json.ts';

/**
 * Work that takes time, such as the execution of a pipeline.
 *
 * Nothing ticks: what it has come to is computed from the clock whenever somebody looks.
 */
export interface Progress {
  readonly startEpochMs: number;
  readonly endEpochMs: number;
  /** What it takes when nobody cuts it short; more than 0. */
  readonly plannedMs: number;
  /** The status until the end, `running`. */
  readonly during: string;
  /** The status from the end on, `completed`. */
  readonly after: string;
  /** Before the work begins: an issue that is there and not yet detected. */
  readonly before?: { readonly status: string; readonly untilEpochMs: number };
}

/** Work that begins now. */
export function begun(nowEpochMs: number, plannedMs: number, during: string, after: string): Progress {
  return { startEpochMs: nowEpochMs, endEpochMs: nowEpochMs + plannedMs, plannedMs, during, after };
}

/** The same work, cut short now. */
export function cutShort(run: Progress, nowEpochMs: number, status: string): Progress {
  return { ...run, endEpochMs: nowEpochMs, after: status };
}

export function isUnderWay(run: Progress, nowEpochMs: number): boolean {
  return nowEpochMs < run.endEpochMs;
}

export function statusAt(run: Progress, nowEpochMs: number): string {
  if (run.before && nowEpochMs < run.before.untilEpochMs) return run.before.status;
  return isUnderWay(run, nowEpochMs) ? run.during : run.after;
}

/** What one sees of the work: status, times and, if it is work on records, how many are done. */
export function progressFields(
  run: Progress,
  nowEpochMs: number,
  recordsTotal: Json | undefined,
): JsonObject {
  const seen = {
    status: statusAt(run, nowEpochMs),
    ...detectionFields(run, nowEpochMs),
    started_at: new Date(run.startEpochMs).toISOString(),
    completed_at: isUnderWay(run, nowEpochMs) ? null : new Date(run.endEpochMs).toISOString(),
  };
  if (typeof recordsTotal !== 'number') return seen;
  return { ...seen, records_processed: Math.floor(recordsTotal * doneRatio(run, nowEpochMs)) };
}

/** Of an issue that was put in: when it was found, and when it was healed. */
function detectionFields({ before, endEpochMs, after }: Progress, nowEpochMs: number): JsonObject {
  if (before?.status !== 'injected') return {};
  const time = (epochMs: number) => (nowEpochMs < epochMs ? null : new Date(epochMs).toISOString());
  return {
    detected_at: time(before.untilEpochMs),
    healed_at: after === 'resolved' ? time(endEpochMs) : null,
  };
}

/** The part that is done, 0 to 1. */
export function doneRatio(run: Progress, nowEpochMs: number): number {
  const workedMs = Math.min(nowEpochMs, run.endEpochMs) - run.startEpochMs;
  return Math.min(1, Math.max(0, workedMs / run.plannedMs));
}
