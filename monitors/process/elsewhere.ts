import type { MonitorEnvironment, OpenMonitor } from '../../engine/model/monitor.ts';
import { Rates } from '../rates.ts';
import { wantedText, type Wanted } from './wanted.ts';

/** Without `/proc` only our own process tells what it uses. */
export function openElsewhere(
  wanted: Wanted,
  environment: MonitorEnvironment,
  platform: string = process.platform,
): OpenMonitor {
  if (!wanted.self) {
    const what = `${wantedText(wanted)} cannot be watched on ${platform}: that takes Linux. It has no values`;
    return { limits: [what], read: () => Promise.resolve({}) };
  }
  const rates = new Rates();
  return {
    limits: [`on ${platform} only processor time and memory of a process can be measured`],
    read() {
      const { user, system } = process.cpuUsage();
      const { cpuMicroseconds } = rates.perSecond(environment.nowEpochMs(), {
        cpuMicroseconds: user + system,
      });
      return Promise.resolve({
        ...(cpuMicroseconds === undefined ? {} : { process_cpu_ratio: cpuMicroseconds / 1e6 }),
        process_memory: process.memoryUsage.rss(),
      });
    },
  };
}
