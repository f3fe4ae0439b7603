import type { WrittenRecord } from '../elements/element.ts';
import { didYouMean } from '../model/did-you-mean.ts';
import type { Problem } from '../model/errors.ts';
import type { CompiledStep } from '../model/compiled-plan.ts';
import type { ElementSyntax } from '../model/language.ts';
import { checksMetric, metricValue, type Metric } from '../model/metric.ts';
import type { PlanMetric } from '../model/plan.ts';
import type { MetricCarrier } from '../model/threshold.ts';

type Tags = MetricCarrier['tags'];

/** A sampler's step: its configuration with its defaults, its label (null: made at run time) and its tags. */
export interface Measuring {
  readonly config: Readonly<Record<string, unknown>>;
  readonly label: string | null;
  readonly tags: Tags;
}

/** The metrics of a plan while it is compiled: what is declared, and where values of it are recorded. */
export class RecordedMetrics {
  readonly #byStep = new Map<CompiledStep, readonly MetricCarrier[]>();
  #noted: MetricCarrier[] = [];
  readonly #declared: ReadonlyMap<string, PlanMetric>;
  readonly #built = new Map<string, Metric>();

  constructor(declared: readonly PlanMetric[]) {
    this.#declared = new Map(declared.map((metric) => [metric.name, metric]));
  }

  /** What is recorded in a run: the plan's own metrics, then those of its checks and of the samplers it uses. */
  all(): Metric[] {
    const own = [...this.#declared.values()].map(({ name, type, unit, description }) => ({
      name,
      type,
      unit,
      description,
    }));
    return [...own, ...this.#built.values()];
  }

  /** Notes that a step with these tags records; gives the mistake in it, or null. */
  addRecord({ metric: name, value, tags }: WrittenRecord, stepTags: Tags): string | null {
    const metric = this.#declared.get(name);
    if (!metric) return `record: ${this.#unknown(name)}`;
    this.#noted.push({ metric: name, tags: { ...stepTags, ...tags } });
    const isKnown =
      typeof value === 'number' ||
      typeof value === 'boolean' ||
      (typeof value === 'string' && !value.includes('${'));
    const checked = isKnown ? metricValue(metric, value) : 0;
    return typeof checked === 'string' ? `record ${name}: ${checked}` : null;
  }

  /** Notes what a sampler with this configuration measures; gives the names that the plan must not declare itself. */
  addSampler({ kind, metrics = {} }: ElementSyntax, { config, label, tags }: Measuring): Problem[] {
    return Object.entries(metrics).flatMap(([name, metric]) => {
      const own = this.#declared.get(name);
      const isMeasured = metric.needs === undefined || Object.hasOwn(config, metric.needs);
      if (isMeasured) this.#noted.push({ metric: name, tags, label });
      if (isMeasured || !own) this.#built.set(name, { ...metric, name });
      if (!own || !isMeasured) return [];
      const message = `the metric "${name}" is measured by ${kind} steps. Choose another name.`;
      return [{ at: own.at, message }];
    });
  }

  /** Notes what a monitor measures; gives the mistake in that, or null. */
  addMonitored(metric: Metric, kind: string): Problem | null {
    const { name, type, unit } = metric;
    const own = this.#declared.get(name);
    if (own)
      return {
        at: own.at,
        message: `the metric "${name}" is measured by ${kind} monitors. Choose another name.`,
      };
    const other = this.#built.get(name);
    this.#built.set(name, metric);
    if (!other || (other.type === type && other.unit === unit)) return null;
    return {
      message: `the metric "${name}" is measured elsewhere as a ${typeOf(other)}, here as a ${typeOf(metric)}.`,
    };
  }

  /** Notes that a step with these tags has a check. */
  addCheck(name: string, tags: Tags): void {
    this.#noted.push({ metric: checksMetric.name, tags: { ...tags, check: name } });
    this.#built.set(checksMetric.name, checksMetric);
  }

  /** What has been noted since the last step was compiled is recorded by this one. */
  stepDone<S extends CompiledStep>(step: S): S {
    if (this.#noted.length > 0) this.#byStep.set(step, this.#noted);
    this.#noted = [];
    return step;
  }

  /** What a compiled step itself records. */
  carriersOf(step: CompiledStep): readonly MetricCarrier[] {
    return this.#byStep.get(step) ?? [];
  }

  #unknown(name: string): string {
    const known = [...this.#declared.keys()];
    const near = didYouMean(name, known) || (known.length > 0 ? ` Known: ${known.join(', ')}.` : '');
    return `the plan declares no metric "${name}".${near || ' Declare it under metrics:.'}`;
  }
}

function typeOf({ type, unit }: Metric): string {
  return unit ? `${type} of ${unit}` : type;
}
