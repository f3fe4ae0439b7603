import { mkdir, mkdtemp, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { exitCodes, UserError } from '../model/errors.ts';
import { systemCause } from '../../listeners/system-cause.ts';

/**
 * Tries whether results can be written into a folder, before anything is started: makes the folder and a file in it, and takes
 * away again what it made, as the run may still be refused. Throws a `UserError` with the system's word for what is in the way.
 */
export async function tryResultsFolder(parent: string): Promise<void> {
  if (parent === '') throw new UserError('--results expects a folder, found nothing');
  await orRefuse(parent, async () => {
    const made: string[] = [];
    try {
      await makeWithParents(parent, made);
      const probe = await mkdtemp(join(parent, '.try-'));
      try {
        await writeFile(join(probe, 'file'), 'Can results be written here?\n');
      } finally {
        await rm(probe, { recursive: true, force: true });
      }
    } finally {
      // What another run has put there by now stays.
      for (const folder of made.reverse()) await rmdir(folder).catch(() => undefined);
    }
  });
}

/** Makes `results/2026-11-22T14-05-09-quickstart`; a number is added when that exists. */
export async function makeResultsFolder(parent: string, plan: string, startedAt: Date): Promise<string> {
  const slug = plan
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 40);
  const name = `${localTime(startedAt)}-${slug || 'plan'}`;
  return orRefuse(parent, async () => {
    await makeWithParents(parent);
    for (let n = 1; ; n++) {
      const folder = join(parent, n === 1 ? name : `${name}-${n}`);
      if (await isMade(folder)) return folder;
    }
  });
}

async function orRefuse<T>(parent: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    const reason = `cannot make a results folder in ${parent}: ${systemCause(error)}`;
    throw new UserError(`${reason}. Choose another with --results.`, exitCodes.resultsLost);
  }
}

/**
 * Makes a folder and those above it. Node's own way (`recursive: true`) never ends in /proc, and says ENOENT of a file system
 * that is read-only. `made` gets those that were not there, outermost first.
 */
async function makeWithParents(folder: string, made: string[] = []): Promise<void> {
  if (await isFolder(folder)) return;
  const above = dirname(folder);
  if (above !== folder) await makeWithParents(above, made);
  if (await isMade(folder)) made.push(folder);
  // Another run may make it at the same time.
  else if (!(await isFolder(folder))) throw new Error(`${folder} is a link that leads nowhere`);
}

/** False where nothing is, and for a link that leads nowhere. Throws where a file is in the way. */
async function isFolder(path: string): Promise<boolean> {
  try {
    if ((await stat(path)).isDirectory()) return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
  throw new Error(`${path} is not a directory`);
}

/** False: there is something already. */
async function isMade(folder: string): Promise<boolean> {
  try {
    await mkdir(folder);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

/** `2026-11-22T14-05-09`, in the machine's time zone, without characters that some file systems refuse. */
function localTime(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}-${two(date.getMinutes())}-${two(date.getSeconds())}`;
}
