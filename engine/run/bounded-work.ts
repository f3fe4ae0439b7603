import { createContext, Script } from 'node:vm';
import type { Host } from '../model/ports.ts';

/** What any work gets, and more for a long text: what reads it once is done within that, whatever the machine. */
const leastMs = 500;
const charactersPerMs = 1000;
/** Where the length is not known. */
const usualCharacters = 500_000;

const call = new Script('act()');

/**
 * Bounds what a worker does in one go. Only V8 itself can end a pattern or a loop in mid-run, and `vm` is the door to
 * that: a script that takes too long is ended together with all it has called. What it costs is the thread that watches
 * the time, made anew for each call; see decision 23.
 */
export function boundedWork(given: { readonly leastMs: number } = { leastMs }): Host['bounded'] {
  const context: { act: () => unknown } = { act: () => undefined };
  createContext(context);
  return <T>(what: string, characters: number | null, act: () => T): T => {
    const timeout = Math.ceil(given.leastMs + (characters ?? usualCharacters) / charactersPerMs);
    context.act = act;
    try {
      // eslint-disable-next-line @typescript-eslint/consistent-type-assertions -- what `act` gives
      return call.runInContext(context, { timeout }) as T;
    } catch (error) {
      throw isTimeout(error) ? new RangeError(tooLong(what, characters, timeout)) : error;
    }
  };
}

/** Not by its class: it is an error of the context's own world. */
function isTimeout(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
  );
}

function tooLong(what: string, characters: number | null, limitMs: number): string {
  const on = characters === null ? '' : ` on a text of ${characters.toLocaleString('en')} characters`;
  return `${what} took longer than ${limitMs} ms${on} and was ended. Make it simpler, or have it look at less`;
}
