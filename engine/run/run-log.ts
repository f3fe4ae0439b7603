import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../model/errors.ts';
import type { LogLine } from '../model/protocol.ts';

export interface RunLogOptions {
  /** Adds whole lines to `run.log`. Null: there is none, and all lines are said. */
  readonly append: ((text: string) => void) | null;
  /** One line for people, at once. */
  say(line: string): void;
  redact(text: string): string;
  nowEpochMs(): number;
  /** Every line, secrets masked, for whoever watches. */
  observe?(event: { readonly type: 'log'; readonly lines: readonly LogLine[] }): void;
}

/** Lines that people are shown in a second, besides the file. */
const mostSaidPerSecond = 10;

/**
 * What a plan logs while it runs: `run.log` in the results folder, a line each: time, level, thread, text. Warnings and
 * errors are also told at once, ten a second at most. What is left out is counted, and the count is told.
 */
export class RunLog {
  readonly #options: RunLogOptions;
  #second = 0;
  #saidInSecond = 0;
  #unsaid = 0;
  #failed = false;

  constructor(options: RunLogOptions) {
    this.#options = options;
  }

  add(lines: readonly LogLine[], leftOut: number): void {
    const shown = lines.map((line) => ({ ...line, text: this.#options.redact(line.text) }));
    this.#options.observe?.({ type: 'log', lines: shown });
    const text = shown.map(fileLine).join('');
    const last = lines.at(-1);
    const note =
      leftOut > 0 && last
        ? fileLine({
            ...last,
            level: 'WARN',
            threadName: '',
            text: `${leftOut} more lines came too fast and are left out`,
          })
        : '';
    this.#write(text + note);
    const tellsAll = this.#options.append === null;
    for (const line of lines) if (tellsAll || told.has(line.level)) this.#tell(line);
    if (note !== '') this.#options.say(`run.log: ${leftOut} lines came too fast and are left out`);
  }

  /** Says what was held back. */
  end(): void {
    const where = this.#options.append === null ? 'left out' : 'in run.log';
    if (this.#unsaid > 0) this.#options.say(`${this.#unsaid} more warnings and errors are ${where}`);
    this.#unsaid = 0;
  }

  #write(text: string): void {
    if (this.#failed) return;
    try {
      this.#options.append?.(text);
    } catch (error) {
      this.#failed = true;
      this.#options.say(`run.log cannot be written: ${messageOf(error)}`);
    }
  }

  #tell({ level, text, threadName }: LogLine): void {
    const second = Math.floor(this.#options.nowEpochMs() / 1000);
    if (second !== this.#second) [this.#second, this.#saidInSecond] = [second, 0];
    if (this.#saidInSecond >= mostSaidPerSecond) {
      this.#unsaid += 1;
      return;
    }
    this.#saidInSecond += 1;
    this.#options.say(`${level}: ${threadName && `${threadName}: `}${text}`);
  }
}

/** `OUT` and `ERR` are what `__log` writes to the console in JMeter. */
const told: ReadonlySet<string> = new Set(['WARN', 'ERROR', 'OUT', 'ERR']);

/** Further lines of a text are indented; a secret in several lines would not be found afterwards. */
function fileLine({ epochMs, level, threadName, text }: LogLine): string {
  const time = new Date(epochMs).toISOString();
  return `${time} ${level} ${threadName || '-'}: ${text.replaceAll(/\r?\n|\r/g, '\n  ')}\n`;
}

/** Adds to the file that is asked for, or to `run.log` in the results folder; null without one. */
export function logFile({
  logFile: asked,
  folder,
}: {
  readonly logFile?: string | undefined;
  readonly folder: string | null;
}): RunLogOptions['append'] {
  const file = asked ?? (folder === null ? null : join(folder, 'run.log'));
  return file === null ? null : (text) => appendFileSync(file, text);
}
