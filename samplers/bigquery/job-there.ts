import { ApiFailure } from '../google/failure.ts';

/**
 * Makes a job. One that is there already when the request is sent again (409) is ours, as nobody else knows its id: an earlier try did
 * arrive. Then nothing is known of it yet, and it is asked for.
 */
export async function unlessThere(make: () => Promise<unknown>): Promise<unknown> {
  try {
    return await make();
  } catch (error) {
    if (error instanceof ApiFailure && error.code === 409 && error.before !== 'nothing') return {};
    throw error;
  }
}
