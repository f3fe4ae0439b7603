import { defaultsOf, type Infer, type JsonSchema } from './json-schema.ts';
import type { Metric } from './metric.ts';

/**
 * A kind of monitor: one file or folder, and one line in `monitors/index.ts`.
 *
 * A monitor reads, beside the run and at an interval, what no sample tells: the machine's processors, the memory of
 * a process, an answer of Prometheus. What it reads is recorded into its metrics, with the tag `monitor`.
 */
export interface MonitorKind {
  /** The key of the monitor: `machine`. */
  readonly kind: string;
  readonly schema: JsonSchema;
  /** Its name in JMeter, if it has one there. */
  readonly jmeter?: string;
  /** YAML that shows it at work: keys of a plan. Printed by `plan docs` and run by a test. */
  readonly example: string;
  /** The property that a bare value stands for. */
  readonly scalar?: string;
  /** Finds mistakes that the schema cannot, before the run: a sentence, or null. */
  check?(config: Readonly<Record<string, unknown>>): string | null;
  /** What it may record, by name. What this system cannot tell is left out of every reading. */
  measures(config: Readonly<Record<string, unknown>>): Readonly<Record<string, Omit<Metric, 'name'>>>;
  /** The value of the tag `monitor`. */
  nameOf(config: Readonly<Record<string, unknown>>): string;
  /** Before any load. A `UserError` refuses the run. */
  open(
    config: Readonly<Record<string, unknown>>,
    environment: MonitorEnvironment,
  ): OpenMonitor | Promise<OpenMonitor>;
}

export interface MonitorEnvironment {
  /** Milliseconds on a steady clock: what is read as a sum becomes a rate by it. */
  readonly nowEpochMs: () => number;
}

/** Values by metric. A metric that is missing has no value this time. */
export type Reading = Readonly<Record<string, number>>;

/** A monitor at work. */
export interface OpenMonitor {
  /** What cannot be measured here, as sentences: told once, before the load. */
  readonly limits: readonly string[];
  /**
   * One reading. Throws an `Error` with the reason when there is none; the run goes on. The first is taken when the
   * load starts: what the system keeps as a sum has a value from the second on.
   */
  read(): Promise<Reading>;
  close?(): Promise<void>;
}

/** A monitor of a plan: known before the run. Plain data. */
export interface CompiledMonitor {
  readonly kind: string;
  /** The value of the tag `monitor`. */
  readonly name: string;
  readonly intervalMs: number;
  readonly config: Readonly<Record<string, unknown>>;
  readonly metrics: readonly Metric[];
}

/** A monitor as it is run. */
export interface NamedMonitor extends Omit<CompiledMonitor, 'config'> {
  open(environment: MonitorEnvironment): OpenMonitor | Promise<OpenMonitor>;
}

/** The tag by which the values of one monitor are told from those of another. */
export const monitorTag = 'monitor';

/** Gives the options of a monitor the type that its schema describes; those with a default are never absent. */
export function defineMonitor<const S extends JsonSchema>(
  kind: Omit<MonitorKind, 'schema' | 'check' | 'measures' | 'nameOf' | 'open'> & {
    readonly schema: S;
    check?(config: Infer<S>): string | null;
    measures(config: Infer<S>): ReturnType<MonitorKind['measures']>;
    nameOf(config: Infer<S>): string;
    open(config: Infer<S>, environment: MonitorEnvironment): OpenMonitor | Promise<OpenMonitor>;
  },
): MonitorKind;
export function defineMonitor(kind: MonitorKind): MonitorKind {
  const defaults = defaultsOf(kind.schema);
  return { ...kind, open: (config, environment) => kind.open({ ...defaults, ...config }, environment) };
}
