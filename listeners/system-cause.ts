import { messageOf } from '../engine/model/errors.ts';

/** What the system says of a failed file operation: `no space left on device`. */
export function systemCause(error: unknown): string {
  const message = messageOf(error);
  return /^E[A-Z0-9]+: ([^,]+)/.exec(message)?.[1] ?? message;
}
