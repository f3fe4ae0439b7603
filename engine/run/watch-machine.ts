import type { Unread } from '../model/unread.ts';
import { MachineWatch } from './machine-watch.ts';
import { MachineFiles } from './read-machine.ts';

/** Begins to watch the main thread and this machine. */
export function watchMachine(
  nowEpochMs: () => number,
  unread: () => Unread,
  intervalMs: number,
): MachineWatch {
  return new MachineWatch({
    nowEpochMs,
    wallEpochMs: Date.now,
    files: new MachineFiles(),
    unread,
    intervalMs,
  });
}
