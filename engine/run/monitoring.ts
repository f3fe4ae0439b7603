import { problemLine, UserError, type Problem } from '../model/errors.ts';
import type { MetricWindow } from '../model/metrics.ts';
import type { NamedMonitor } from '../model/monitor.ts';
import type { Clock, Sleep } from '../model/ports.ts';
import type { RunResult } from '../model/run-result.ts';
import { formatMs } from '../model/units.ts';
import { late, type OwnTime } from './own-time.ts';
import { WatchedMonitor } from './watched-monitor.ts';

export interface MonitoringOptions {
  readonly monitors: readonly NamedMonitor[];
  readonly clock: Pick<Clock, 'nowEpochMs' | 'sleepUntil'>;
  say(message: string): void;
  /** Replaces secret values by `***`. */
  redact(text: string): string;
  readonly time: Pick<OwnTime, 'within'>;
}

interface Scheduled {
  readonly monitor: WatchedMonitor;
  dueEpochMs: number;
}

/** How long the end of the load waits for readings under way. */
const finishMs = 1000;
/** How long a monitor may take to open. */
const openMs = 10_000;

/**
 * The monitors of a run: read when the load starts, at their intervals, and when it ends. In the main thread, with
 * one timer for all; what they read waits here for the next window.
 */
export class Monitoring {
  readonly #options: MonitoringOptions;
  #watched: readonly WatchedMonitor[] = [];
  #sleep: Sleep | null = null;
  #running = false;
  #closed = false;

  constructor(options: MonitoringOptions) {
    this.#options = options;
  }

  /** Refuses the run with everything that cannot be watched, in one `UserError`. */
  async open(): Promise<void> {
    const { monitors, clock, time } = this.#options;
    const say = (message: string) => this.#options.say(message);
    const problems: Problem[] = [];
    const watched = await Promise.all(
      monitors.map(async (monitor) => {
        try {
          const opened = await time.within(
            Promise.resolve(monitor.open({ nowEpochMs: clock.nowEpochMs })),
            openMs,
          );
          if (opened === late) throw new UserError(`it was not ready after ${formatMs(openMs)}`);
          for (const limit of opened.limits) say(`monitor ${monitor.name}: ${limit}`);
          return [new WatchedMonitor(monitor, opened, { nowEpochMs: clock.nowEpochMs, say })];
        } catch (error) {
          if (!(error instanceof UserError)) throw error;
          const found = error.problems.map(problemLine).join('\n');
          problems.push({ message: this.#options.redact(`monitor ${monitor.name}: ${found}`) });
          return [];
        }
      }),
    );
    this.#watched = watched.flat();
    if (problems.length === 0) return;
    await this.#options.time.within(this.#close(), finishMs);
    throw new UserError(problems);
  }

  /** The load starts. */
  start(): void {
    if (this.#watched.length === 0) return;
    this.#running = true;
    const nowEpochMs = this.#options.clock.nowEpochMs();
    void this.#run(this.#watched.map((monitor) => ({ monitor, dueEpochMs: nowEpochMs })));
  }

  /** The load has ended: the last readings. Waits a second at most. */
  async stop(): Promise<void> {
    if (!this.#running) return;
    this.#halt();
    const { clock } = this.#options;
    const limit = clock.sleepUntil(clock.nowEpochMs() + finishMs);
    await Promise.race([Promise.all(this.#watched.map((monitor) => monitor.finish())), limit.done]);
    limit.cancel();
  }

  /** There is nothing more to read. May be called at any time, and again. */
  async end(): Promise<void> {
    this.#halt();
    await this.#close();
  }

  /** What was recorded since the last call. */
  takeWindow(): MetricWindow[] {
    return this.#watched.flatMap((monitor) => monitor.takeWindow());
  }

  /** What a result says of monitors; nothing where there are none. */
  result(): Pick<RunResult, 'monitors'> {
    return this.#watched.length === 0 ? {} : { monitors: this.#watched.map((monitor) => monitor.result()) };
  }

  async #run(scheduled: readonly Scheduled[]): Promise<void> {
    const { clock } = this.#options;
    while (this.#running) {
      this.#sleep = clock.sleepUntil(Math.min(...scheduled.map(({ dueEpochMs }) => dueEpochMs)));
      await this.#sleep.done;
      if (this.#isHalted()) return;
      const nowEpochMs = clock.nowEpochMs();
      for (const one of scheduled.filter(({ dueEpochMs }) => dueEpochMs <= nowEpochMs)) {
        void one.monitor.read();
        one.dueEpochMs = nextDue(one, nowEpochMs);
      }
    }
  }

  #isHalted(): boolean {
    return !this.#running;
  }

  #halt(): void {
    this.#running = false;
    this.#sleep?.cancel();
  }

  async #close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await Promise.allSettled(this.#watched.map((monitor) => monitor.close()));
  }
}

/** In step with the start. Readings that this thread was too busy for are left out, not made up for. */
function nextDue({ monitor: { intervalMs }, dueEpochMs }: Scheduled, nowEpochMs: number): number {
  const passed = Math.floor((nowEpochMs - dueEpochMs) / intervalMs);
  return dueEpochMs + (passed + 1) * intervalMs;
}
