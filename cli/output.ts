import type { Unread } from '../engine/model/unread.ts';
import type { Look } from './line/look.ts';
import { LineWriter, type WriterTime } from './line-writer.ts';

/** Where the command writes: lines for people. Never throws and never blocks, also when nobody reads (`| head -2`, Ctrl-S). */
export interface Output {
  /** What goes on, for people who watch: silent with --quiet, and on standard error where standard output is JSON. */
  say(line: string): void;
  /** What was asked for: also with --quiet, and not at all where standard output is JSON. */
  show(line: string): void;
  warn(line: string): void;
  /** The one text of standard output where that is JSON. */
  give(text: string): void;
  /** From now on a reader who does not read holds nothing up, not even the end of the process. */
  bound(): void;
  /** How well the slower of the two readers kept up. */
  unread(): Unread;
  /** Whether everything was read; false when a reader takes nothing any more and the process should end without it. */
  finish(): Promise<boolean>;
  /** What of it could not be written, and why, for a reader that is still there: a full disk. A sentence. */
  lost(): string | null;
  readonly quiet: boolean;
  /** Where the result goes as JSON, `-` for standard output; null: nowhere. */
  readonly json: string | null;
  readonly colours: boolean;
  /** How wide the terminal is; Infinity where there is none. */
  readonly columns: number;
}

const time: WriterTime = {
  nowMs: () => performance.now(),
  after(ms, then) {
    const timer = setTimeout(then, ms);
    return { cancel: () => clearTimeout(timer) };
  },
};

/**
 * Standard output and error. Once a reader has gone away, what is said to it is dropped and everything else
 * goes on. Colours only on a terminal, and never with --no-color or NO_COLOR (no-color.org).
 */
export function standardOutput({ quiet, noColour, json }: Look): Output {
  const [out, err] = [writerOf(process.stdout), writerOf(process.stderr)];
  const isJson = json === '-';
  const people = isJson ? process.stderr : process.stdout;
  const plain = noColour || (process.env['NO_COLOR'] ?? '') !== '';
  return {
    say: (line) => {
      if (!quiet) (isJson ? err : out).line(line);
    },
    show: (line) => {
      if (!isJson) out.line(line);
    },
    warn: (line) => err.line(line),
    give: (text) => out.line(text),
    quiet,
    json,
    bound: () => [out, err].forEach((writer) => writer.bound()),
    unread: () => worse(out.unread(), err.unread()),
    finish: async () => (await Promise.all([out.finish(), err.finish()])).every(Boolean),
    lost: () => lossOf('standard output', out) ?? lossOf('standard error', err),
    colours: people.isTTY && !plain,
    get columns() {
      // A terminal that tells no width, or 0, as some under a debugger do, has the usual one.
      return people.isTTY ? people.columns || 80 : Infinity;
    },
  };
}

function lossOf(name: string, { failure }: LineWriter): string | null {
  return failure === null ? null : `cannot write ${name}: ${failure}`;
}

function worse(a: Unread, b: Unread): Unread {
  return { longestMs: Math.max(a.longestMs, b.longestMs), leftOut: a.leftOut + b.leftOut };
}

/**
 * Node writes to pipes without blocking, and to terminals blocking: a terminal stopped with Ctrl-S would stop the main
 * thread. libuv has opened the terminal anew for itself, so this changes nothing for others who use it.
 */
function writerOf(stream: NodeJS.WriteStream): LineWriter {
  const handle: unknown = stream.isTTY && '_handle' in stream ? stream._handle : null;
  if (handle !== null && typeof handle === 'object' && 'setBlocking' in handle) {
    const { setBlocking } = handle;
    if (typeof setBlocking === 'function') Reflect.apply(setBlocking, handle, [false]);
  }
  return new LineWriter(stream, time);
}
