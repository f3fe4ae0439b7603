import {
  closeSync,
  constants,
  fstatSync,
  ftruncateSync,
  lstatSync,
  openSync,
  readSync,
  statSync,
  unlinkSync,
  type Stats,
} from 'node:fs';
import { exitCodes, UserError } from '../engine/model/errors.ts';
import { systemCause } from './system-cause.ts';

export type IfExists = 'refuse' | 'append' | 'overwrite';

/** Without waiting for a reader: that would stop the whole process, Ctrl-C included. */
const pipeFlags = constants.O_WRONLY | constants.O_NONBLOCK;

/** A file open for writing whole lines. */
export interface OpenLines {
  readonly descriptor: number;
  /** Only such a file is written by position and can be cut. Not so: pipes, devices. */
  readonly isRegular: boolean;
  readonly sizeBytes: number;
  /** Bytes of an unfinished last line that were cut off. */
  readonly cutBytes: number;
}

/**
 * Opens a file whose first line is `header`. An empty file counts as absent. A last line that is torn is
 * cut off before anything is added, or every reader would reject the file.
 */
export function openLines(file: string, ifExists: IfExists, header: string): OpenLines {
  const { found, hasLines } = lookAt(file, ifExists);
  const flags = hasLines && ifExists === 'append' ? 'r+' : 'w';
  const descriptor = orCannotWrite(file, () => openSync(file, isPipe(found) ? pipeFlags : flags));
  try {
    const isRegular = fstatSync(descriptor).isFile();
    if (!found || !hasLines || ifExists !== 'append')
      return { descriptor, isRegular, sizeBytes: 0, cutBytes: 0 };
    checkHeader(file, descriptor, header);
    const sizeBytes = wholeLinesEnd(descriptor);
    if (sizeBytes < found.size) ftruncateSync(descriptor, sizeBytes);
    return { descriptor, isRegular, sizeBytes, cutBytes: found.size - sizeBytes };
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

/** Tries whether such a file can be opened, before anything is started, and leaves all as it is. Throws as `openLines` does. */
export function tryLines(file: string, ifExists: IfExists): void {
  const { found } = lookAt(file, ifExists);
  if (isPipe(found)) return;
  orCannotWrite(file, () => {
    closeSync(openSync(file, 'a'));
    if (!found && lstatSync(file).isFile()) unlinkSync(file);
  });
}

/** What stands there before. Throws for lines that must not be lost. */
function lookAt(file: string, ifExists: IfExists): { readonly found?: Stats; readonly hasLines: boolean } {
  const found = orCannotWrite(file, () => statSync(file, { throwIfNoEntry: false }));
  const hasLines = found?.isFile() === true && found.size > 0;
  if (hasLines && ifExists === 'refuse') {
    throw new UserError(`${file} exists. --append adds to it, --overwrite replaces it`);
  }
  return { ...(found && { found }), hasLines };
}

function isPipe(found: Stats | undefined): boolean {
  return found?.isFIFO() === true;
}

function orCannotWrite<T>(file: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw new UserError(`cannot write ${file}: ${systemCause(error)}`, exitCodes.resultsLost);
  }
}

/** A file without a header is taken to have the right columns; one with other columns must not be mixed. */
function checkHeader(file: string, descriptor: number, header: string): void {
  const start = Buffer.alloc(header.length + 2);
  const length = readSync(descriptor, start, 0, start.length, 0);
  const found = start.toString('utf8', 0, length);
  const isHeader = found.startsWith(`${header}\n`) || found.startsWith(`${header}\r\n`);
  const isTornHeader = header.startsWith(found);
  if (isHeader || isTornHeader || /^\d/.test(found)) return;
  throw new UserError(
    `${file} cannot be added to: expected its first line to be ${header}. Write elsewhere, or use --overwrite`,
  );
}

const newline = 10;
const quote = 34;

/** The length of the file up to its last line break that is not inside quotes. */
function wholeLinesEnd(descriptor: number): number {
  const chunk = Buffer.alloc(1024 * 1024);
  let end = 0;
  let quoted = false;
  for (let offset = 0; ;) {
    const length = readSync(descriptor, chunk, 0, chunk.length, offset);
    if (length === 0) return end;
    for (let i = 0; i < length; i++) {
      if (chunk[i] === quote) quoted = !quoted;
      else if (chunk[i] === newline && !quoted) end = offset + i + 1;
    }
    offset += length;
  }
}
