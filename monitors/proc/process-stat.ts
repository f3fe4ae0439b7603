/** What `/proc/PID/stat` says of a process. */
export interface ProcessStat {
  readonly pid: number;
  /** The file it was started from, cut to 15 bytes. */
  readonly command: string;
  readonly isZombie: boolean;
  readonly parentPid: number;
  /** Processor time of its own since it started, and of its children that have ended and been waited for. */
  readonly ownTicks: number;
  readonly endedChildrenTicks: number;
  readonly threads: number;
  /** Since the system started: together with the number it names a process for good. */
  readonly startTicks: number;
}

/** Clock ticks per second: `USER_HZ`, 100 wherever Linux runs Node. */
export const ticksPerSecond = 100;

/**
 * Fields by proc_pid_stat(5), counted behind the command, which stands in brackets and may hold brackets and spaces
 * itself. Null for anything else.
 */
export function parseProcessStat(text: string): ProcessStat | null {
  const open = text.indexOf('(');
  const close = text.lastIndexOf(')');
  const fields = text
    .slice(close + 1)
    .trim()
    .split(' ');
  const [state = '', parentPid] = fields;
  const numbers = [11, 12, 13, 14, 17, 19].map((index) => Number(fields[index] ?? Number.NaN));
  const [user = 0, system = 0, childUser = 0, childSystem = 0, threads = 0, startTicks = 0] = numbers;
  if (open < 0 || close < open || numbers.some(Number.isNaN)) return null;
  return {
    pid: Number(text.slice(0, open)),
    command: text.slice(open + 1, close),
    isZombie: state === 'Z' || state === 'X',
    parentPid: Number(parentPid),
    ownTicks: user + system,
    endedChildrenTicks: childUser + childSystem,
    threads,
    startTicks,
  };
}

/** Resident memory by `/proc/PID/status`, in which the system counts kibibytes; 0 for what has none. */
export function residentBytes(status: string): number {
  const [, kibibytes = '0'] = /^VmRSS:\s+(\d+) kB$/m.exec(status) ?? [];
  return Number(kibibytes) * 1024;
}
