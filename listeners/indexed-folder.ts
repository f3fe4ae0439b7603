import { writeFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { nameInJtl } from '../engine/model/sample-phase.ts';
import type { Sample } from '../engine/model/sample.ts';
import { cannotWrite, writeWhole } from './write-whole.ts';

type Redact = (text: string) => string;

/**
 * Files about single samples in a folder of their own, and an `index.json` that says what each is about.
 *
 * The folder is made with its first file. The index comes last: after a crash it is missing, the files are there.
 */
export class IndexedFolder {
  readonly #folder: string;
  readonly #redact: Redact;
  readonly #entries: object[] = [];
  #isClosed = false;

  constructor(folder: string, redact: Redact) {
    this.#folder = folder;
    this.#redact = redact;
  }

  get count(): number {
    return this.#entries.length;
  }

  /** Throws a `UserError`. */
  async add(name: string, content: string | Uint8Array, sample: Sample): Promise<void> {
    const file = join(this.#folder, name);
    try {
      if (this.#entries.length === 0) await mkdir(this.#folder, { recursive: true });
      await writeFile(file, content, { flag: 'wx' });
    } catch (error) {
      throw cannotWrite(file, error);
    }
    const { label, startEpochMs, elapsedMs, ok, code } = sample;
    const [message, failure] = [sample.message, sample.failure].map(this.#redact);
    const times = { startEpochMs: Math.floor(startEpochMs), elapsedMs: Math.round(elapsedMs) };
    this.#entries.push({
      file: name,
      label,
      threadName: nameInJtl(sample),
      ...times,
      ok,
      code,
      message,
      failure,
    });
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    if (this.#entries.length > 0) await writeWhole(this.#index, this.#text);
  }

  /** For a process that is about to end. */
  closeSync(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    if (this.#entries.length > 0) writeFileSync(this.#index, this.#text);
  }

  get #index(): string {
    return join(this.#folder, 'index.json');
  }

  get #text(): string {
    return `${JSON.stringify(this.#entries, null, 2)}\n`;
  }
}

/** A part of a file name: `GET /issues, all` → `get-issues-all`. */
export function fileWord(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{Letter}\p{Number}]+/gu, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 40);
}
