import type { OpenSampler } from '../model/sampler.ts';
import { formatMs } from '../model/units.ts';

/** How long an operation may take. */
export interface Limits {
  readonly deadlineMs: number;
  /** Before that, until it is ready. */
  readonly preparationMs: number;
  /** From when it was told to end. */
  readonly endsWithinMs: number;
}

/** What the sampler says of it. */
export function limitsOf(sampler: OpenSampler, config: unknown): Limits {
  return {
    deadlineMs: sampler.deadlineMs(config),
    preparationMs: sampler.preparesWithinMs?.(config) ?? 0,
    endsWithinMs: sampler.endsWithinMs?.(config) ?? 0,
  };
}

/** The end of an operation that the sampler itself has not ended. Its name becomes the code of the sample. */
class GivenUp extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

export function overdue({ deadlineMs }: Limits): Error {
  return new GivenUp(
    'java.net.SocketTimeoutException',
    `timeout.engine: the operation was to end within ${formatMs(deadlineMs)} and did not: the engine has given it up. Its sampler, or the client that this uses, has lost it`,
  );
}

export function notStopped({ endsWithinMs }: Limits): Error {
  const within = endsWithinMs > 0 ? ` within ${formatMs(endsWithinMs)}` : '';
  return new GivenUp(
    'org.apache.http.impl.execchain.RequestAbortedException',
    `interrupted: the run stopped this operation, which did not end${within}: the engine has given it up`,
  );
}
