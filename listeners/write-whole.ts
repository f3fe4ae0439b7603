import { access, constants, rename, rm, stat, writeFile } from 'node:fs/promises';
import { exitCodes, UserError } from '../engine/model/errors.ts';
import { systemCause } from './system-cause.ts';

/** Writes a file that is complete or not there at all. Throws a `UserError`. */
export async function writeWhole(file: string, text: string): Promise<void> {
  const unfinished = `${file}.tmp`;
  try {
    await writeFile(unfinished, text);
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw cannotWrite(file, error);
  }
}

/** Says before the work that such a file could not be written. Throws a `UserError`. */
export async function tryWhole(file: string): Promise<void> {
  const unfinished = `${file}.tmp`;
  try {
    const found = await stat(file).catch(() => null);
    if (found?.isDirectory()) throw new Error('it is a directory');
    if (found) await access(file, constants.W_OK);
    await writeFile(unfinished, '');
    await rm(unfinished);
  } catch (error) {
    throw cannotWrite(file, error);
  }
}

export function cannotWrite(file: string, error: unknown): UserError {
  return new UserError(`cannot write ${file}: ${systemCause(error)}`, exitCodes.resultsLost);
}
