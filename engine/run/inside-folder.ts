import { readlinkSync, realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';

/**
 * Where a path of a plan leads, all links followed. Throws an `Error` that says so when that is not in the folder.
 *
 * What does not exist yet is judged by the folder that it would lie in; a link to nothing by what it names.
 */
export function insideFolder(folder: string, path: string): string {
  const root = realpathSync(folder);
  const target = whereItLeads(resolve(folder, path));
  const inner = relative(root, target);
  if (inner === '..' || inner.startsWith(`..${sep}`) || isAbsolute(inner)) {
    throw new Error(`the file "${path}" lies outside the plan's folder, where plans may not go`);
  }
  return target;
}

function whereItLeads(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && missing.has(error.code);
    if (!isMissing || dirname(path) === path) throw error;
  }
  const parent = whereItLeads(dirname(path));
  const link = linkAt(path);
  return link === null ? join(parent, basename(path)) : whereItLeads(resolve(parent, link));
}

/** As the system calls it when there is nothing, or a file where a folder should be. */
const missing: ReadonlySet<unknown> = new Set(['ENOENT', 'ENOTDIR']);

function linkAt(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch {
    return null;
  }
}
