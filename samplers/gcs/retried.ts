import { isPassingCause, isPassingStatus } from '../google/passing.ts';
import type { Call, ReadAnswer, Request } from './call.ts';
import { objectOf } from './object-of.ts';
import type { Operation } from './operation.ts';
import { RefusedError } from './refused-error.ts';

/** Whether what a request met may pass: it is sent again, if `retries` allow. */
export function mayPass(call: Call, error: unknown): boolean {
  if (error instanceof RefusedError) return isPassingStatus(error.code);
  // Anything else that is thrown, such as an answer that is none, is no fault of the transport.
  return error instanceof Error && error === call.error && isPassingCause(call.faultOf(error).cause);
}

/** Performs what may fail in passing, up to so many times again, after growing waits. */
export async function repeatedly<T>({ call, config }: Operation, act: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await act();
    } catch (error) {
      if (attempt >= config.retries || !mayPass(call, error)) throw error;
      call.retries += 1;
      await call.options.pause(attempt, call.options.signal);
    }
  }
}

/** Sends a request as often as `retries` allow and reads the answer. Rejects with a `RefusedError` for one that is an error. */
export function asked(operation: Operation, request: Request): Promise<ReadAnswer> {
  return repeatedly(operation, async () => {
    const answer = await operation.call.ask(request);
    if (answer.refusal !== null) throw new RefusedError(answer.refusal);
    return answer;
  });
}

/** The same; gives the keys of the answer's JSON. */
export async function askedJson(
  operation: Operation,
  request: Request,
): Promise<Readonly<Record<string, unknown>>> {
  return objectOf((await asked(operation, request)).json);
}
