import { access, constants, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { exitCodes, UserError } from '../engine/model/errors.ts';
import { systemCause } from './system-cause.ts';

/**
 * Writes a file that is complete or not there at all; what is no plain file, such as /dev/stdout, is written to as it is.
 * Throws a `UserError`.
 */
export async function writeWhole(file: string, text: string): Promise<void> {
  try {
    const target = await realpath(file).catch(() => file);
    const found = await stat(target).catch(() => null);
    if (found === null || found.isFile()) await replace(target, text);
    else await writeFile(target, text);
  } catch (error) {
    throw cannotWrite(file, error);
  }
}

async function replace(file: string, text: string): Promise<void> {
  const unfinished = `${file}.tmp`;
  try {
    await writeFile(unfinished, text);
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** Says before the work that such a file could not be written. Throws a `UserError`. */
export async function tryWhole(file: string): Promise<void> {
  try {
    const target = await realpath(file).catch(() => file);
    const found = await stat(target).catch(() => null);
    if (found?.isDirectory()) throw new Error('it is a directory');
    if (found) await access(target, constants.W_OK);
    if (found && !found.isFile()) return;
    const unfinished = `${target}.tmp`;
    await writeFile(unfinished, '');
    await rm(unfinished);
  } catch (error) {
    throw cannotWrite(file, error);
  }
}

export function cannotWrite(file: string, error: unknown): UserError {
  return new UserError(`cannot write ${file}: ${systemCause(error)}`, exitCodes.resultsLost);
}
