import { FailureCounts, shortFailure } from '../metrics/failures.ts';
import { MetricCollector } from '../metrics/metric-collector.ts';
import { PointSeries } from '../metrics/point-series.ts';
import { messageOf } from '../model/errors.ts';
import type { MetricWindow } from '../model/metrics.ts';
import { monitorTag, type NamedMonitor, type OpenMonitor, type Reading } from '../model/monitor.ts';
import type { MonitorResult } from '../model/run-result.ts';

const distinctFailures = 20;
const notThereYet = 'the reading before was not done yet';

/** One monitor in a run: what it has read, when it was in vain, and why. */
export class WatchedMonitor {
  readonly #monitor: NamedMonitor;
  readonly #opened: OpenMonitor;
  readonly #recorded: MetricCollector;
  readonly #tags: Readonly<Record<string, string>>;
  readonly #series: ReadonlyMap<string, PointSeries>;
  readonly #failures = new FailureCounts(distinctFailures);
  readonly #environment: { nowEpochMs(): number; say(message: string): void };
  #reading: Promise<void> | null = null;
  #readings = 0;
  #missed = 0;
  #lastEpochMs = 0;

  constructor(
    monitor: NamedMonitor,
    opened: OpenMonitor,
    environment: { nowEpochMs(): number; say(message: string): void },
  ) {
    this.#monitor = monitor;
    this.#opened = opened;
    this.#environment = environment;
    this.#recorded = new MetricCollector(monitor.metrics);
    this.#tags = { [monitorTag]: monitor.name };
    this.#series = new Map(monitor.metrics.map(({ name }) => [name, new PointSeries()]));
  }

  get intervalMs(): number {
    return this.#monitor.intervalMs;
  }

  /** Resolves when the reading is there or has failed; never rejects. A reading still under way is not doubled. */
  async read(): Promise<void> {
    this.#readings += 1;
    if (this.#reading) {
      this.#miss(notThereYet);
      return;
    }
    this.#reading = this.#take();
    await this.#reading;
    this.#reading = null;
  }

  /** The last reading, where it still tells something; and what is under way. */
  async finish(): Promise<void> {
    if (this.#reading) return this.#reading;
    const sinceMs = this.#environment.nowEpochMs() - this.#lastEpochMs;
    if (this.#readings <= 1 || sinceMs >= this.intervalMs / 2) await this.read();
  }

  async close(): Promise<void> {
    await this.#opened.close?.();
  }

  /** What was recorded since the last call. */
  takeWindow(): MetricWindow[] {
    return this.#recorded.window();
  }

  result(): MonitorResult {
    const { name: monitor, kind, metrics } = this.#monitor;
    const reasons = Object.entries(this.#failures.toRecord()).map(([failure, count]) => ({ failure, count }));
    return {
      monitor,
      kind,
      readings: this.#readings,
      missed: this.#missed,
      reasons: reasons.sort((a, b) => b.count - a.count),
      series: metrics.flatMap(({ name: metric, unit }) => {
        const series = this.#series.get(metric);
        return series && !series.isEmpty ? [{ metric, unit, points: series.points() }] : [];
      }),
    };
  }

  async #take(): Promise<void> {
    try {
      this.#record(await this.#opened.read());
    } catch (error) {
      this.#miss(messageOf(error));
    }
    this.#lastEpochMs = this.#environment.nowEpochMs();
  }

  #record(reading: Reading): void {
    const nowEpochMs = this.#environment.nowEpochMs();
    const mistakes = new Set<string>();
    for (const [metric, series] of this.#series) {
      const value = reading[metric];
      const mistake =
        value === undefined ? null : this.#recorded.record(metric, value, this.#tags, nowEpochMs);
      if (mistake !== null) mistakes.add(`${metric}: ${mistake}`);
      series.add(nowEpochMs, mistake === null ? (value ?? null) : null);
    }
    if (mistakes.size > 0) this.#count([...mistakes].join('; '));
  }

  #miss(reason: string): void {
    const nowEpochMs = this.#environment.nowEpochMs();
    for (const series of this.#series.values()) series.add(nowEpochMs, null);
    this.#count(reason);
  }

  /** Told once; all are counted. */
  #count(reason: string): void {
    this.#missed += 1;
    this.#failures.add(shortFailure(reason), 1);
    if (this.#missed > 1) return;
    const { name } = this.#monitor;
    this.#environment.say(
      `monitor ${name}: ${reason}. The run goes on; such readings are counted, and are gaps in its values`,
    );
  }
}
