import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import type { MachineReading } from './machine-watch.ts';

/** A file of the system that is read again and again; it stays open, as none can be opened when files run out. */
export class SystemFile {
  readonly #descriptor: number | null;
  readonly #bytes = Buffer.alloc(4096);

  constructor(path: string) {
    this.#descriptor = opened(path);
  }

  get isThere(): boolean {
    return this.#descriptor !== null;
  }

  /** Its first 4 KiB; empty when it cannot be read. */
  read(): string {
    if (this.#descriptor === null) return '';
    try {
      return this.#bytes.toString('latin1', 0, readSync(this.#descriptor, this.#bytes, 0, 4096, 0));
    } catch {
      return '';
    }
  }

  close(): void {
    if (this.#descriptor !== null) closeSync(this.#descriptor);
  }
}

function opened(path: string): number | null {
  try {
    return openSync(path, 'r');
  } catch {
    return null;
  }
}

/** What Linux tells of the machine and of this process's control groups. Elsewhere there is nothing to read. */
export class MachineFiles {
  readonly #cpu: readonly SystemFile[];
  readonly #uptime = new SystemFile('/proc/uptime');
  readonly #memory = new SystemFile('/proc/meminfo');
  readonly #process = new SystemFile('/proc/self/status');
  readonly #limitBytes: number;

  constructor() {
    const groups = controlGroups(textOf('/proc/self/cgroup'));
    this.#cpu = groups.cpu.map((path) => new SystemFile(path)).filter(({ isThere }) => isThere);
    this.#limitBytes = Math.min(
      ...groups.memory.map((path) => Number(textOf(path).trim() || Infinity) || Infinity),
    );
  }

  read(): MachineReading {
    const throttled = this.#cpu.map((file) => throttledMs(file.read())).filter((ms) => ms !== null);
    const seconds = Number.parseFloat(this.#uptime.read());
    return {
      throttledMs: throttled.length === 0 ? null : Math.max(...throttled),
      uptimeMs: Number.isNaN(seconds) ? null : seconds * 1000,
      memoryRatio: Math.max(
        usedRatio(this.#memory.read()),
        residentBytes(this.#process.read()) / this.#limitBytes,
      ),
    };
  }

  close(): void {
    for (const file of [...this.#cpu, this.#uptime, this.#memory, this.#process]) file.close();
  }
}

/**
 * Where quotas and limits may stand: the process's control group and those above it, in version 2 (one tree) and version 1
 * (a tree for each controller). In a container its own group is often the root of what is seen.
 */
export function controlGroups(text: string): { readonly cpu: string[]; readonly memory: string[] } {
  const [cpu, memory]: [string[], string[]] = [[], []];
  for (const line of text.split('\n')) {
    const [, controllers = '', path] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
    if (path === undefined) continue;
    const names = controllers.split(',');
    for (const above of pathsUp(path)) {
      if (controllers === '') {
        cpu.push(`/sys/fs/cgroup${above}/cpu.stat`);
        memory.push(`/sys/fs/cgroup${above}/memory.max`);
      }
      if (names.includes('cpu')) cpu.push(`/sys/fs/cgroup/${controllers}${above}/cpu.stat`);
      if (names.includes('memory')) memory.push(`/sys/fs/cgroup/memory${above}/memory.limit_in_bytes`);
    }
  }
  return { cpu, memory };
}

/** `/a/b` → `/a/b`, `/a`, and the root. */
function pathsUp(path: string): string[] {
  const parts = path.split('/').filter(Boolean);
  return [...parts.keys(), parts.length].reverse().map((count) =>
    parts
      .slice(0, count)
      .map((part) => `/${part}`)
      .join(''),
  );
}

/** From `cpu.stat`: microseconds in version 2, nanoseconds in version 1. */
export function throttledMs(cpuStat: string): number | null {
  const [, unit, amount] = /^throttled_(usec|time) (\d+)$/m.exec(cpuStat) ?? [];
  if (unit === undefined) return null;
  return Number(amount) / (unit === 'usec' ? 1e3 : 1e6);
}

/** From `/proc/meminfo`: what is left is what new work can have without swapping. */
export function usedRatio(meminfo: string): number {
  const of = (name: string) => Number(new RegExp(`^${name}: +(\\d+) kB$`, 'm').exec(meminfo)?.[1] ?? NaN);
  const ratio = 1 - of('MemAvailable') / of('MemTotal');
  return Number.isNaN(ratio) ? 0 : ratio;
}

/** From `/proc/self/status`. */
export function residentBytes(status: string): number {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
