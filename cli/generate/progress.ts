import { formatMs } from '../../engine/model/units.ts';

/** How far the making of a file is. */
export interface Made {
  readonly rows: number;
  readonly bytes: number;
  readonly elapsedMs: number;
}

/** `42 %: 420,000 of 1,000,000 rows, 51.3MB, 3s left` */
export function progressText({ rows, bytes, elapsedMs }: Made, allRows: number): string {
  const percent = Math.floor((100 * rows) / Math.max(1, allRows));
  const leftMs = rows === 0 ? 0 : (elapsedMs / rows) * (allRows - rows);
  const left = rows === 0 ? '' : `, ${formatMs(Math.ceil(leftMs / 1000) * 1000)} left`;
  return `${percent} %: ${count(rows)} of ${count(allRows)} rows, ${size(bytes)}${left}`;
}

/** `100,000 rows (10,000 bad), 6.6MB, 0.4s` */
export function summaryText({ rows, bytes, elapsedMs }: Made, badRows: number): string {
  const bad = badRows === 0 ? '' : ` (${count(badRows)} bad)`;
  return `${count(rows)} ${rows === 1 ? 'row' : 'rows'}${bad}, ${size(bytes)}, ${formatMs(elapsedMs)}`;
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}

/** To a tenth of the largest unit that fits. */
function size(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB'];
  const unit = Math.min(3, Math.max(0, Math.floor((String(Math.floor(bytes)).length - 1) / 3)));
  return `${Math.round((bytes / 1000 ** unit) * 10) / 10}${units[unit] ?? ''}`;
}

/** What a terminal shows until the file is there: one line that is written over; elsewhere a line every few seconds. */
export class Progress {
  readonly #write: (text: string) => void;
  readonly #intervalMs: number;
  readonly #isTerminal: boolean;
  /** Short work says nothing. */
  #nextMs: number;
  #shown = false;

  constructor(write: (text: string) => void, isTerminal: boolean) {
    this.#write = write;
    this.#isTerminal = isTerminal;
    this.#intervalMs = isTerminal ? 200 : 5000;
    this.#nextMs = isTerminal ? 500 : 5000;
  }

  note(made: Made, allRows: number): void {
    if (made.elapsedMs < this.#nextMs) return;
    this.#nextMs = made.elapsedMs + this.#intervalMs;
    this.#shown = true;
    const text = progressText(made, allRows);
    this.#write(this.#isTerminal ? `\r${text}\u001b[K` : `${text}\n`);
  }

  /** Takes the line away. */
  end(): void {
    if (this.#shown && this.#isTerminal) this.#write('\r\u001b[K');
  }
}
