import type { UnderWay } from '../user/under-way.ts';

/** What was thrown in a callback, or is a rejection that nobody has taken: it fails the samples under way. */
class StrayFailure extends Error {
  constructor(error: unknown) {
    const [name, message] = error instanceof Error ? [error.name, error.message] : ['Error', String(error)];
    super(`stray: ${name}: ${message}: thrown outside the operation that it belongs to`);
    this.name = name;
  }
}

/**
 * Fails every sample under way in this worker, once, for only one of them can be meant; which one, nobody knows. Gives
 * why the run has failed, where it could not be laid to exactly one; else null.
 */
export function laidToSamples(error: unknown, underWay: Pick<UnderWay, 'failAll'>): string | null {
  const failure = new StrayFailure(error);
  const failed = underWay.failAll(failure);
  if (failed === 1) return null;
  const among =
    failed === 0 ? 'while no sample was under way' : `while ${failed} samples were under way, which failed`;
  return `something failed outside the samples of a worker, ${among}: ${failure.message}`;
}
