import { setTimeout as sleep } from 'node:timers/promises';
import { isPassing, type Call, type ReadAnswer, type Request } from './call.ts';

/** Losses of a connection after which the client sends again, and undici's words for them. */
const passingErrors = ['ECONNRESET', 'EPIPE', 'EAI_AGAIN', 'UND_ERR_SOCKET'];

/** The longest wait, of the client's defaults (`storage.js`, MAX_RETRY_DELAY_DEFAULT). */
const maxDelayMs = 64_000;

/** Whether an error of the transport, or of the client's own making, may pass. */
export function isPassingError(error: unknown): boolean {
  if (typeof error !== 'object' || error === null || !('code' in error)) return false;
  const { code } = error;
  return isPassing(Number(code)) || passingErrors.includes(String(code));
}

/** Sends a request, up to so many times again: after 1 s, 2 s, 4 s …, and a random part of a second. */
export async function retried(call: Call, request: Request, retries: number): Promise<ReadAnswer> {
  for (let attempt = 0; ; attempt++) {
    const isLast = attempt >= retries;
    try {
      const answer = await call.ask(request);
      if (isLast || !isPassing(answer.status)) return answer;
    } catch (error) {
      if (isLast || !isPassingError(error)) throw error;
    }
    call.retries += 1;
    const delayMs = Math.min(maxDelayMs, 2 ** attempt * 1000 + Math.random() * 1000);
    await sleep(delayMs, undefined, { signal: call.options.signal });
  }
}
