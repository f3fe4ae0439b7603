/** Time of all processors together since the system started, in clock ticks. */
export interface CpuTimes {
  readonly busyTicks: number;
  readonly totalTicks: number;
}

/**
 * The first line of `/proc/stat`: `cpu user nice system idle iowait irq softirq steal guest guest_nice`
 * (proc_stat(5)). Waiting for a disk is idle; guests are already in user and nice. Null for anything else.
 */
export function parseCpuTimes(text: string): CpuTimes | null {
  const [, fields = ''] = /^cpu +(\d[\d ]*)/.exec(text) ?? [];
  const ticks = fields.trim().split(/ +/).slice(0, 8).map(Number);
  if (ticks.length < 4) return null;
  const totalTicks = ticks.reduce((sum, one) => sum + one, 0);
  const [, , , idle = 0, waiting = 0] = ticks;
  return { busyTicks: totalTicks - idle - waiting, totalTicks };
}
