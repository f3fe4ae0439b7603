import { cpus, loadavg, totalmem } from 'node:os';

/** What every measurement begins with: when and on what it was made, and whether others were at work. */
export function machine(): string {
  const [cpu] = cpus();
  const gib = (totalmem() / 2 ** 30).toFixed(0);
  return (
    `${new Date().toISOString()}: ${cpus().length} × ${cpu?.model ?? 'unknown CPU'}, ${gib} GiB, ` +
    `Node ${process.version}, load average before ${loadavg()[0]?.toFixed(2)}`
  );
}
