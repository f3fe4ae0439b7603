import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';

/** Whether the system tells which processes another has started (`CONFIG_PROC_CHILDREN`, which nearly all have). */
export function tellsChildren(): boolean {
  return existsSync(`/proc/self/task/${String(process.pid)}/children`);
}

/**
 * The processes that a process has started, and those that these have, by `/proc/PID/task/TID/children`: each of its
 * threads is asked. One that ends meanwhile is left out.
 */
export async function descendants(pid: number): Promise<number[]> {
  const own = await children(pid);
  const theirs = await Promise.all(own.map(descendants));
  return [...own, ...theirs.flat()];
}

async function children(pid: number): Promise<number[]> {
  const folder = `/proc/${String(pid)}/task`;
  const threads = await readdir(folder).catch((): string[] => []);
  const texts = await Promise.all(
    threads.map((thread) => readFile(`${folder}/${thread}/children`, 'latin1').catch(() => '')),
  );
  return texts.flatMap((text) => text.split(' ').filter(Boolean).map(Number));
}
