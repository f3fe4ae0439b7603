import os from 'node:os';
import type { MonitorEnvironment, OpenMonitor } from '../../engine/model/monitor.ts';
import { Rates } from '../rates.ts';

/** The machine by what Node tells on every system: processors and memory, but neither disks nor network. */
export function openElsewhere(
  environment: MonitorEnvironment,
  platform: string = os.platform(),
): OpenMonitor {
  const rates = new Rates();
  const hasLoad = platform !== 'win32';
  return {
    limits: [
      `on ${platform} disks${hasLoad ? ' and network' : ', network and load average'} cannot be measured: they have no values. Memory in use includes what the system could free`,
    ],
    read() {
      const { busyMs, totalMs } = rates.perSecond(environment.nowEpochMs(), cpuTimes());
      const isKnown = busyMs !== undefined && totalMs !== undefined && totalMs > 0;
      const usedBytes = os.totalmem() - os.freemem();
      return Promise.resolve({
        ...(isKnown ? { machine_cpu: busyMs / totalMs } : {}),
        ...(hasLoad ? { machine_load: os.loadavg()[0] ?? 0 } : {}),
        machine_memory: usedBytes,
        machine_memory_ratio: usedBytes / os.totalmem(),
      });
    },
  };
}

/** Of all processors together. */
function cpuTimes(): { busyMs: number; totalMs: number } {
  let [busyMs, idleMs] = [0, 0];
  for (const { times } of os.cpus()) {
    busyMs += times.user + times.nice + times.sys + times.irq;
    idleMs += times.idle;
  }
  return { busyMs, totalMs: busyMs + idleMs };
}
