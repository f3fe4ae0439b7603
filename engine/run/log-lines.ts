import { isLogged, type LogThreshold } from '../model/log-level.ts';
import type { LogLine } from '../model/protocol.ts';

/** What is kept of the lines of a tenth of a second; more would fill the memory sooner than the file. */
const mostLines = 5000;
const longestText = 10_000;

/** The lines that the users of a worker log, until they are sent. */
export class LogLines {
  readonly #nowEpochMs: () => number;
  readonly #threshold: LogThreshold;
  #lines: LogLine[] = [];
  #leftOut = 0;

  /** Lines below `threshold` are left out: those of DEBUG, as in JMeter, unless told otherwise. */
  constructor(nowEpochMs: () => number, threshold: LogThreshold = 'INFO') {
    this.#nowEpochMs = nowEpochMs;
    this.#threshold = threshold;
  }

  readonly add = (level: string, message: string, threadName = ''): void => {
    const name = level.toUpperCase();
    if (!isLogged(name, this.#threshold)) return;
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
