import { isPassingCause, isPassingStatus, mayHaveArrived } from '../google/passing.ts';
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

/**
 * Performs what may fail in passing, up to so many times again, after growing waits. `isLost`: an answer was lost before, so that it may
 * have been done.
 */
export async function repeatedly<T>(
  { call, config }: Operation,
  act: (isLost: boolean) => Promise<T>,
): Promise<T> {
  let isLost = false;
  for (let attempt = 0; ; attempt++) {
    try {
      return await act(isLost);
    } catch (error) {
      if (attempt >= config.retries || !mayPass(call, error)) throw error;
      isLost ||= mayBeDone(call, error);
      call.retries += 1;
      await call.options.pause(attempt, call.options.signal);
    }
  }
}

/** What is answered to a request that was carried out before. */
export interface Repeat {
  /** The status that says so. */
  readonly status: number;
  /** What stands for the answer that was lost; null: it was not this request that did it. */
  instead(refused: ReadAnswer): ReadAnswer | Promise<ReadAnswer | null>;
}

/** What is gone when it is to be deleted again was deleted: its code is that of the answer which was lost. */
const deleted: Repeat = {
  status: 404,
  instead: (refused) => ({ ...refused, status: 204, statusText: 'as it should be already', refusal: null }),
};

/**
 * Sends a request as often as `retries` allow and reads the answer. Rejects with a `RefusedError` for one that is an error, unless an earlier
 * answer was lost and this one says that the request was carried out then.
 */
export function asked(operation: Operation, request: Request, repeat?: Repeat): Promise<ReadAnswer> {
  const { call } = operation;
  const known = repeat ?? (request.method === 'DELETE' ? deleted : undefined);
  return repeatedly(operation, async (isLost) => {
    const answer = await call.ask(request);
    if (answer.refusal === null) return answer;
    const done = isLost && answer.status === known?.status ? await known.instead(answer) : null;
    if (done === null) throw new RefusedError(answer.refusal);
    const { status, statusText } = done;
    Object.assign(call, { refusal: null, status, statusText });
    return done;
  });
}

/** Whether a request may have been carried out, though no answer says so. */
function mayBeDone(call: Call, error: unknown): boolean {
  if (error instanceof RefusedError) return mayHaveArrived({ status: error.code });
  return error instanceof Error && mayHaveArrived({ cause: call.faultOf(error).cause });
}

/** The same; gives the keys of the answer's JSON. */
export async function askedJson(
  operation: Operation,
  request: Request,
  repeat?: Repeat,
): Promise<Readonly<Record<string, unknown>>> {
  return objectOf((await asked(operation, request, repeat)).json);
}
