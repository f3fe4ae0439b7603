import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { jsonIn } from '../../engine/model/json.ts';
import { xmlParser } from '../../engine/markup/xml-parser.ts';
import { textOf } from '../../engine/text/read-text.ts';
import { testCasesOf, type TestCase } from './junit.ts';
import type { ProcessConfig } from './schema.ts';

/** What a command wrote into a file; or why that is not to be had. */
export type Result =
  { readonly body: Buffer; readonly cases: readonly TestCase[] } | { readonly mistake: string };

type Read = NonNullable<ProcessConfig['read']>;

/** A file that a command is to write, as it was before. */
export class ResultFile {
  readonly #read: Read;
  readonly #name: string;
  readonly #path: string;
  readonly #before: string | null;

  constructor(read: Read, folder: string) {
    this.#read = read;
    this.#name = read.json ?? read.junit ?? read.file ?? '';
    this.#path = resolve(folder, this.#name);
    this.#before = traceOf(this.#path);
  }

  /** What is in it now; a file that is as it was before comes from another run. */
  async result(): Promise<Result> {
    const now = traceOf(this.#path);
    if (now === null) return { mistake: `the command wrote no file "${this.#name}" (${this.#path})` };
    if (now === this.#before)
      return { mistake: `"${this.#name}" is older than the command, which did not write it` };
    if ((statSync(this.#path, { throwIfNoEntry: false })?.size ?? 0) > limitBytes)
      return { mistake: `"${this.#name}" is larger than ${limitBytes} bytes` };
    const body = readFileSync(this.#path);
    if (this.#read.junit !== undefined) return this.#report(body);
    if (this.#read.json !== undefined && jsonIn(textOf(body, 'application/json')) === undefined)
      return { mistake: `"${this.#name}" is not JSON` };
    return { body, cases: [] };
  }

  async #report(body: Buffer): Promise<Result> {
    await xmlParser.load();
    const parsed = xmlParser.use.parseXml(textOf(body, 'application/xml'));
    if ('mistake' in parsed) return { mistake: `"${this.#name}" is not XML: ${parsed.mistake}` };
    const cases = testCasesOf(parsed.document);
    if (cases === null)
      return { mistake: `"${this.#name}" is not a JUnit report: its root is not testsuites` };
    return { body, cases };
  }
}

const limitBytes = 64 * 1024 * 1024;

/** Changes whenever a file is written, exact to the nanosecond where the file system is. */
function traceOf(path: string): string | null {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found?.isFile() ? [found.ino, found.size, found.mtimeNs, found.ctimeNs].join(' ') : null;
}
