import type { Position } from '../model/errors.ts';
import type { MonitorSyntax } from '../model/language.ts';
import type { Metric } from '../model/metric.ts';
import { monitorTag, type CompiledMonitor } from '../model/monitor.ts';
import type { PlanElement } from '../model/plan.ts';
import type { MetricCarrier } from '../model/threshold.ts';
import { formatMs } from '../model/units.ts';
import type { Compilation } from './compilation.ts';
import { knownOptions } from './known-options.ts';

/** Reading more often costs more than it tells: the system counts processor time in hundredths of a second. */
const leastIntervalMs = 100;
/** A timer's longest. */
const mostIntervalMs = 2 ** 31 - 1;

/** The monitors of a plan: their options, their metrics, and names by which their values are told apart. */
export function compileMonitors(
  compilation: Compilation,
  kinds: readonly MonitorSyntax[],
): CompiledMonitor[] {
  const names = new Map<string, Position>();
  return compilation.plan.monitors.flatMap((written) => {
    const syntax = kinds.find(({ kind }) => kind === written.kind);
    const at = compilation.locate(written.config) ?? written.at;
    const monitor = syntax ? compileMonitor({ written, at }, syntax, compilation) : null;
    if (!monitor) return [];
    const other = names.get(monitor.name);
    if (other) {
      const place = `${other.file}:${String(other.line)}`;
      compilation.problem(
        `the monitor in ${place} is called "${monitor.name}", too. Give one of them another name.`,
        at,
      );
    }
    names.set(monitor.name, at);
    return [monitor];
  });
}

/** The places that record into metrics, as thresholds may speak of them. */
export function monitorCarriers(monitors: readonly CompiledMonitor[]): MetricCarrier[] {
  return monitors.flatMap(({ name, metrics }) =>
    metrics.map((metric) => ({ metric: metric.name, tags: { [monitorTag]: name } })),
  );
}

interface Written {
  readonly written: PlanElement;
  readonly at: Position;
}

function compileMonitor(
  { written: { kind, config: written }, at }: Written,
  syntax: MonitorSyntax,
  compilation: Compilation,
): CompiledMonitor | null {
  const config = knownOptions({ what: `monitor ${kind}`, written, at }, syntax, compilation);
  if (!config) return null;
  const mistake = syntax.check?.(config, compilation.complete) ?? null;
  if (mistake !== null) {
    compilation.problem(mistake, at);
    return null;
  }
  const metrics = Object.entries(syntax.measures(config)).map(([name, one]): Metric => ({ ...one, name }));
  for (const metric of metrics) {
    const problem = compilation.metrics.addMonitored(metric, kind);
    if (problem) compilation.problem(problem.message, problem.at ?? at);
  }
  const place = compilation.locate(written, 'interval') ?? at;
  const intervalMs = intervalOf(config, place, compilation);
  return { kind, name: syntax.nameOf(config), intervalMs, config, metrics };
}

function intervalOf(config: CompiledMonitor['config'], at: Position, compilation: Compilation): number {
  const { interval } = config;
  const intervalMs = typeof interval === 'number' ? interval : 0;
  if (intervalMs < leastIntervalMs || intervalMs > mostIntervalMs) {
    const found = formatMs(intervalMs);
    const message = `interval: expected from ${formatMs(leastIntervalMs)} to 24d, found ${found}.`;
    compilation.problem(message, at);
  }
  return intervalMs;
}
