import type { CompiledStep } from '../model/compiled-plan.ts';
import type { Sample } from '../model/sample.ts';
import { maskedFailure } from './masked-outcome.ts';
import type { Measured } from './measured.ts';
import type { User } from './user.ts';

/** What a row says for itself, beside what was measured. */
interface OfRow {
  readonly kind: Sample['kind'];
  readonly label: string;
  readonly dueEpochMs: number;
  /** Null: it did not fail. */
  readonly failure: string | null;
}

/** The row of one operation, or of a part of one. */
export function sampleOf(
  user: User,
  { tags }: Pick<CompiledStep, 'tags'>,
  { outcome, startEpochMs, elapsedMs, latencyMs, connectMs, idleMs = 0 }: Omit<Measured, 'parts'>,
  { kind, label, dueEpochMs, failure }: OfRow,
): Sample {
  return {
    kind,
    phase: 'load',
    label,
    tags,
    threadName: user.threadName,
    dueEpochMs,
    startEpochMs,
    elapsedMs,
    idleMs,
    latencyMs,
    connectMs,
    ok: failure === null,
    code: outcome.code,
    message: outcome.shown?.message ?? outcome.message,
    failure: failure === null ? '' : maskedFailure(failure, outcome),
    dataType: outcome.dataType,
    bytesReceived: outcome.bytesReceived,
    bytesSent: outcome.bytesSent,
    url: outcome.shown ? outcome.shown.url : outcome.url,
    groupThreads: user.groupThreads,
    allThreads: user.allThreads,
  };
}
