import { availableParallelism, totalmem } from 'node:os';
import { UserError } from '../../model/errors.ts';
import { formatBytes } from '../../model/units.ts';

/** What a worker takes at least, before it has done anything. */
const workerBytes = 96 * 2 ** 20;
/** More of them only wait for a processor, so long that nothing is measured. */
const perProcessor = 32;

export interface Machine {
  readonly processors: number;
  readonly memoryBytes: number;
}

/** Throws a `UserError` for more worker threads than the machine can hold: Node would end the process without a word. */
export function checkWorkers(wanted: number | undefined, machine = thisMachine()): void {
  const { processors, memoryBytes } = machine;
  const most = Math.max(
    1,
    Math.min(processors * perProcessor, Math.floor((memoryBytes * 0.75) / workerBytes)),
  );
  if (wanted === undefined || wanted <= most) return;
  throw new UserError(
    `--workers ${wanted}: this machine holds at most ${most} worker threads, with ${processors} ` +
      `processor${processors === 1 ? '' : 's'} and ${formatBytes(Math.floor(memoryBytes / 1e8) * 1e8)} of memory. One holds many users: leave --workers out, and their number follows the load`,
  );
}

function thisMachine(): Machine {
  const allowedBytes = process.constrainedMemory();
  const memoryBytes = allowedBytes > 0 ? Math.min(totalmem(), allowedBytes) : totalmem();
  return { processors: availableParallelism(), memoryBytes };
}
