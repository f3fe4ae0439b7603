import type { CompiledStep } from '../model/compiled-plan.ts';
import type { Sample } from '../model/sample.ts';
import { maskedFailure } from './masked-outcome.ts';
import type { Measured } from './measured.ts';
import type { User } from './user.ts';

/** The row of one operation. */
export function sampleOf(
  user: User,
  { tags }: Pick<CompiledStep, 'tags'>,
  { outcome, startEpochMs, elapsedMs, latencyMs, connectMs, idleMs = 0 }: Omit<Measured, 'parts'>,
  {
    label,
    dueEpochMs,
    failure,
  }: { readonly label: string; readonly dueEpochMs: number; readonly failure: string | null },
): Sample {
  return {
    kind: 'sample',
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
