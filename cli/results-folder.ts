import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError, messageOf } from '../engine/model/errors.ts';

/** Makes `results/2026-11-22T14-05-09-quickstart`; a number is added when that exists. */
export async function makeResultsFolder(parent: string, plan: string, startedAt: Date): Promise<string> {
  const slug = plan
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 40);
  const name = `${localTime(startedAt)}-${slug || 'plan'}`;
  try {
    await mkdir(parent, { recursive: true });
    for (let n = 1; ; n++) {
      const folder = join(parent, n === 1 ? name : `${name}-${n}`);
      if (await made(folder)) return folder;
    }
  } catch (error) {
    const reason = messageOf(error);
    throw new UserError(
      `cannot make a results folder in ${parent}: ${reason}. Choose another with --results.`,
    );
  }
}

async function made(folder: string): Promise<boolean> {
  try {
    await mkdir(folder);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** `2026-11-22T14-05-09`, in the machine's time zone, without characters that some file systems refuse. */
function localTime(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}-${two(date.getMinutes())}-${two(date.getSeconds())}`;
}
