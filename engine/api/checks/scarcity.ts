import { readdirSync, readFileSync } from 'node:fs';

/** What this machine gives one process; null where it cannot be known. */
export interface Supply {
  /** The soft limit of open files. Node has raised it to the hard one. */
  readonly openFiles: number | null;
  /** How many are open now. */
  readonly filesInUse: number;
  /** Local ports for connections to one address. */
  readonly ports: number | null;
}

/** Files that a run opens besides connections: results, workers, what is read of the system. */
const filesForTheRun = 40;

/** What will run short with so many connections planned, by origin: a sentence each, with a remedy. */
export function scarcities(planned: ReadonlyMap<string, number>, supply: Supply): string[] {
  const total = [...planned.values()].reduce((sum, count) => sum + count, 0);
  const files = supply.filesInUse + filesForTheRun + total;
  const short: string[] = [];
  if (supply.openFiles !== null && files > supply.openFiles) {
    short.push(
      `the users of this plan open at least ${total} connections, and with ${filesForTheRun + supply.filesInUse} other files ` +
        `that is more than ulimit -n allows: ${supply.openFiles}. What is too much fails with local.fd_exhausted: ` +
        `run ulimit -n ${roundUp(files)} first, or use fewer users`,
    );
  }
  for (const [origin, count] of planned) {
    if (supply.ports === null || count <= supply.ports) continue;
    short.push(
      `the users of this plan open at least ${count} connections to ${origin}, and net.ipv4.ip_local_port_range leaves ` +
        `${supply.ports} local ports. What is too much fails with local.ports_exhausted: widen the range, or use fewer users`,
    );
  }
  return short;
}

/** To the next number that people would choose. */
function roundUp(files: number): number {
  return Math.ceil(files / 1024) * 1024;
}

/** Reads it from Linux; elsewhere it is unknown. */
export function supplyOfMachine(): Supply {
  const limit = /^Max open files +(\d+)/m.exec(textOf('/proc/self/limits'))?.[1];
  const range = textOf('/proc/sys/net/ipv4/ip_local_port_range').trim().split(/\s+/).map(Number);
  const [first = NaN, last = NaN] = range;
  return {
    openFiles: limit === undefined ? null : Number(limit),
    filesInUse: filesInUse(),
    ports: Number.isNaN(last - first) ? null : last - first + 1,
  };
}

function filesInUse(): number {
  try {
    return readdirSync('/proc/self/fd').length;
  } catch {
    return 0;
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
