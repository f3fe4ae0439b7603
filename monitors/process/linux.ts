import { UserError } from '../../engine/model/errors.ts';
import type { MonitorEnvironment, OpenMonitor, Reading } from '../../engine/model/monitor.ts';
import { ticksPerSecond } from '../proc/process-stat.ts';
import { Rates } from '../rates.ts';
import { findProcess } from './find-process.ts';
import { add, type ProcessUse, WatchedProcess } from './watched-process.ts';
import { descendants, tellsChildren } from './descendants.ts';
import { type Wanted, wantedText } from './wanted.ts';

/** Looking through all processes is dear: at most so often. */
const searchMs = 5000;

/** Watches a process by `/proc`. One that is not there refuses the run; one that ends is looked for again. */
export async function openLinux(wanted: Wanted, environment: MonitorEnvironment): Promise<OpenMonitor> {
  const found = await findProcess(wanted);
  if ('why' in found) {
    throw new UserError(`${found.why}. Start it before the run, or leave the monitor out.`);
  }
  const watch = new LinuxProcess(wanted, environment);
  await watch.open(found.pid);
  return { limits: watch.limits(), read: () => watch.read(), close: () => watch.close() };
}

class LinuxProcess {
  readonly #wanted: Wanted;
  readonly #environment: MonitorEnvironment;
  readonly #rates = new Rates();
  readonly #watched = new Map<number, WatchedProcess>();
  #pid = 0;
  #lastSearchEpochMs = -Infinity;

  constructor(wanted: Wanted, environment: MonitorEnvironment) {
    this.#wanted = wanted;
    this.#environment = environment;
  }

  async open(pid: number): Promise<void> {
    this.#pid = pid;
    this.#watched.set(pid, await WatchedProcess.open(pid));
    this.#rates.restart();
  }

  limits(): string[] {
    const what = wantedText(this.#wanted);
    const ofOthers = `belongs to another user: its open files and disk traffic have no values`;
    return [
      ...(this.#watched.get(this.#pid)?.isOurs === false ? [`${what} ${ofOthers}`] : []),
      ...(this.#wanted.children && !tellsChildren()
        ? ['this system does not tell the children of a process']
        : []),
    ];
  }

  async read(): Promise<Reading> {
    if (this.#pid === 0) await this.#searchAgain();
    const own = await this.#use(this.#pid);
    if (!own) return this.#gone();
    const others = this.#wanted.children ? await this.#others() : [];
    const use = [own, ...others].reduce(add);
    return this.#reading(use);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#watched.values()].map((one) => one.close()));
    this.#watched.clear();
  }

  /** What those that it has started use; those that have just ended are left out. */
  async #others(): Promise<ProcessUse[]> {
    const pids = await descendants(this.#pid);
    for (const [pid, watched] of this.#watched) {
      if (pid === this.#pid || pids.includes(pid)) continue;
      this.#watched.delete(pid);
      await watched.close();
    }
    const uses = await Promise.all(pids.map((pid) => this.#use(pid)));
    return uses.filter((use) => use !== null);
  }

  /** Null: it has ended. */
  async #use(pid: number): Promise<ProcessUse | null> {
    try {
      const known = this.#watched.get(pid);
      const watched = known ?? (await WatchedProcess.open(pid));
      this.#watched.set(pid, watched);
      return await watched.read();
    } catch {
      return null;
    }
  }

  #reading({ ownTicks, endedChildrenTicks, ...use }: ProcessUse): Reading {
    const ticks = this.#wanted.children ? ownTicks + endedChildrenTicks : ownTicks;
    const { disk, openFiles } = use;
    const rates = this.#rates.perSecond(this.#environment.nowEpochMs(), {
      ticks,
      ...(disk ? { process_disk_read: disk.inBytes, process_disk_write: disk.outBytes } : {}),
    });
    const { ticks: ticksAdded, ...perSecond } = rates;
    return {
      ...perSecond,
      ...(ticksAdded === undefined ? {} : { process_cpu_ratio: ticksAdded / ticksPerSecond }),
      process_memory: use.memoryBytes,
      process_threads: use.threads,
      ...(openFiles === null ? {} : { process_open_files: openFiles }),
    };
  }

  async #gone(): Promise<never> {
    await this.close();
    this.#pid = 0;
    throw new Error(`${wantedText(this.#wanted)} has ended`);
  }

  async #searchAgain(): Promise<void> {
    const nowEpochMs = this.#environment.nowEpochMs();
    const isTooSoon = nowEpochMs - this.#lastSearchEpochMs < searchMs;
    if (this.#wanted.pid !== undefined || isTooSoon) return this.#gone();
    this.#lastSearchEpochMs = nowEpochMs;
    const found = await findProcess(this.#wanted);
    if ('why' in found) return this.#gone();
    await this.open(found.pid);
  }
}
