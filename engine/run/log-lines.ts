import type { LogLine } from '../model/protocol.ts';

/** What is kept of the lines of a tenth of a second; more would fill the memory sooner than the file. */
const mostLines = 5000;
const longestText = 10_000;

/** Levels below the one that is logged, as in JMeter unless told otherwise. */
const unsaid: ReadonlySet<string> = new Set(['DEBUG', 'TRACE']);

/** The lines that the users of a worker log, until they are sent. */
export class LogLines {
  readonly #nowEpochMs: () => number;
  #lines: LogLine[] = [];
  #leftOut = 0;

  constructor(nowEpochMs: () => number) {
    this.#nowEpochMs = nowEpochMs;
  }

  readonly add = (level: string, message: string, threadName = ''): void => {
    const name = level.toUpperCase();
    if (unsaid.has(name)) return;
    if (this.#lines.length >= mostLines) {
      this.#leftOut += 1;
      return;
    }
    const cut = message.length - longestText;
    const text = cut > 0 ? `${message.slice(0, longestText)}… (${cut} more characters)` : message;
    this.#lines.push({ epochMs: this.#nowEpochMs(), threadName, level: name, text });
  };

  /** The lines since the last time, and how many were too many. */
  take(): { readonly lines: readonly LogLine[]; readonly leftOut: number } | null {
    if (this.#lines.length === 0) return null;
    const taken = { lines: this.#lines, leftOut: this.#leftOut };
    [this.#lines, this.#leftOut] = [[], 0];
    return taken;
  }
}
