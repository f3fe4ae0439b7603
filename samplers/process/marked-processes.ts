import { readdirSync, readFileSync } from 'node:fs';

/**
 * In the environment of a command and of all that it starts: what leaves the process group of its command (`setsid`) is found
 * by it, as Jenkins finds what a build has left. Linux only.
 */
export const markVariable = 'LOADPLAN_COMMAND';

/** Sends a signal to all processes that bear a mark and are in another process group than `group`. */
export function signalMarked(mark: string, group: number, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (process.platform !== 'linux') return;
  const wanted = `${markVariable}=${mark}\0`;
  for (const name of numbersIn('/proc')) {
    if (!textOf(`/proc/${name}/environ`).includes(wanted) || groupOf(name) === group) continue;
    try {
      process.kill(Number(name), signal);
    } catch {
      // It is gone.
    }
  }
}

function numbersIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
}

/** Empty for a process of somebody else's, and for one that is gone. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}

/** `PID (name) state ppid pgrp …`; the name may hold anything. */
function groupOf(pid: string): number {
  const stat = textOf(`/proc/${pid}/stat`);
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2]);
}
