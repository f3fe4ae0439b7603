import { onTestFinished } from 'vitest';
import type { MonitorEnvironment, MonitorKind, OpenMonitor } from '../../engine/model/monitor.ts';

export const environment: MonitorEnvironment = { nowEpochMs: () => performance.now() };

/** The monitor at work, closed when the test is done. */
export async function opened(
  kind: MonitorKind,
  config: Readonly<Record<string, unknown>>,
): Promise<OpenMonitor> {
  const monitor = await kind.open(config, environment);
  onTestFinished(() => monitor.close?.());
  return monitor;
}

/** Readings at an interval until one is as wanted; fails after a while. */
export async function readUntil(
  monitor: OpenMonitor,
  isWanted: (reading: Readonly<Record<string, number>>) => boolean,
  limitMs = 20_000,
): Promise<Readonly<Record<string, number>>> {
  const endMs = performance.now() + limitMs;
  for (;;) {
    const reading = await monitor.read();
    if (isWanted(reading)) return reading;
    if (performance.now() > endMs) throw new Error(`never read: the last was ${JSON.stringify(reading)}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
