import { messageOf } from '../engine/model/errors.ts';

/** What the system says of a pipe is not what people can act on. */
const pipeCauses = [
  ['ENXIO', 'it is a pipe that nobody reads. Start its reader first'],
  ['EAGAIN', 'it is a pipe whose reader does not read'],
  ['EPIPE', 'it is a pipe whose reader has ended'],
] as const;

/** What the system says of a failed file operation: `no space left on device`. */
export function systemCause(error: unknown): string {
  const message = messageOf(error);
  for (const [code, text] of pipeCauses) if (message.startsWith(code)) return text;
  return /^E[A-Z0-9]+: ([^,]+)/.exec(message)?.[1] ?? message;
}
