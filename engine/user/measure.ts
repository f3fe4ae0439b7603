import type { Clock } from '../model/ports.ts';
import type { Outcome } from '../model/sample.ts';
import type { OpenSampler, UserHandle } from '../model/sampler.ts';
import type { KeepOfStep } from './carry.ts';
import { limitsOf } from './given-up.ts';
import type { Measured, MeasuredPart } from './measured.ts';
import { Stopwatch } from './stopwatch.ts';
import type { UnderWay } from './under-way.ts';

const noParts: readonly MeasuredPart[] = [];

/**
 * Performs one operation and times it. What the sampler throws becomes a failed outcome; nothing is lost, and nothing
 * is waited for without end. Null when the sampler had nothing to do.
 */
export async function measure(
  sampler: OpenSampler,
  config: unknown,
  options: {
    readonly clock: Clock;
    readonly user: UserHandle;
    readonly keep: KeepOfStep;
    readonly underWay: UnderWay;
    /** The configuration as people may see it; undefined: as it is. */
    readonly shown: unknown;
  },
): Promise<Measured | null> {
  const { clock, underWay } = options;
  const watch = new Stopwatch(options, limitsOf(sampler, config));
  let outcome: Outcome | null;
  underWay.add(watch);
  try {
    outcome = await watch.race(sampler.perform(config, watch));
  } catch (error) {
    outcome = failedOutcome(error);
  } finally {
    underWay.remove(watch);
  }
  if (outcome === null) return null;
  const nowEpochMs = clock.nowEpochMs();
  const { startEpochMs, latencyMs, connectMs, endEpochMs, beforeMs, idleMs } = watch;
  const elapsedMs = Math.max(0, (endEpochMs || nowEpochMs) - startEpochMs - idleMs);
  const parts = watch.parts?.filter((part) => part !== null) ?? noParts;
  const times = { outcome, startEpochMs, elapsedMs, latencyMs, connectMs, parts };
  const { staleReuses } = watch;
  if (endEpochMs === 0 && beforeMs === 0 && idleMs === 0 && staleReuses === 0) return times;
  return { ...times, staleReuses, beforeMs, idleMs, afterMs: endEpochMs === 0 ? 0 : nowEpochMs - endEpochMs };
}

/** What was thrown, in JMeter's spelling for failures without an answer. */
export function failedOutcome(error: unknown): Outcome {
  const [name, message] = error instanceof Error ? [error.name, error.message] : ['Error', String(error)];
  return {
    ok: false,
    code: `Non HTTP response code: ${name}`,
    message: `Non HTTP response message: ${message}`,
    failure: message,
    dataType: 'text',
    bytesReceived: 0,
    bytesSent: 0,
    url: null,
  };
}
