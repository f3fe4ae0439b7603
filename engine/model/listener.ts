import type { Carried } from './carried.ts';
import { defaultsOf, type Infer, type JsonSchema } from './json-schema.ts';
import type { RunWindow } from './metrics.ts';
import type { RunResult } from './run-result.ts';
import type { Sample } from './sample.ts';
import type { TraceEvent } from './trace.ts';

/**
 * Watches a run and never steers it. Every method is optional and may be asynchronous; calls to one
 * listener never overlap. What it throws is reported and reaches no other listener.
 */
export interface Listener {
  /** Before any load. Throwing a `UserError` here refuses the run. */
  start?(run: RunInfo): void | Promise<void>;
  /** About once a second. */
  window?(window: RunWindow): void | Promise<void>;
  /**
   * Every sample, in batches. Only called for listeners that have it: raw samples cost. The parts of a sample (`sub`)
   * follow it in the same batch.
   */
  samples?(batch: readonly Sample[]): void | Promise<void>;
  /** What the user of a traced run does besides samples, in order with them. */
  trace?(event: TraceEvent): void;
  /** Once, after the last sample, also after an interruption. */
  end?(result: RunResult): void | Promise<void>;
  /** Last words when there is no time for `end`: write out what is held, synchronously. */
  abandon?(): void;
}

export interface NamedListener {
  readonly kind: string;
  readonly listener: Listener;
  /** Its failure stops the load: a run without it makes no sense. */
  readonly essential: boolean;
}

export interface RunInfo {
  readonly plan: string;
  readonly planFile: string;
  readonly environment: string | null;
  readonly startEpochMs: number;
  readonly users: number;
  readonly workers: number;
  /** Null: it depends on the server's speed. */
  readonly expectedDurationMs: number | null;
  readonly folder: string;
}

/** A kind of listener: one file, and one line in `listeners/index.ts`. */
export interface ListenerKind {
  readonly kind: string;
  readonly schema: JsonSchema;
  /** Its name in JMeter, if it has one there. */
  readonly jmeter?: string;
  /** YAML that shows it at work: steps, or keys of a plan. Printed by `plan docs` and run by a test. */
  readonly example: string;
  /** The property that a bare value stands for. */
  readonly scalar?: string;
  /** Whether a run without it makes no sense: when it fails, the load is stopped. */
  readonly essential?: boolean;
  /** Whether it shows the sums of metrics to whoever puts it into a plan: what they are made of is then asked for. */
  readonly showsSums?: boolean;
  /** Finds mistakes that the schema cannot, before the run: a sentence, or null. */
  check?(config: Readonly<Record<string, unknown>>): string | null;
  /** What it asks of samples besides what every sample says; the workers are told. */
  carries?(config: Readonly<Record<string, unknown>>): Partial<Carried>;
  create(config: Readonly<Record<string, unknown>>, environment: ListenerEnvironment): Listener;
}

export interface ListenerEnvironment {
  /** The results folder of this run; exists. */
  readonly folder: string;
  /** Where `-l` wants the JTL, and what to do if it exists. Null: `samples.jtl` in the folder. */
  readonly jtl: { readonly file: string; readonly ifExists: 'refuse' | 'append' | 'overwrite' } | null;
  /** Writes one line for people. Never throws, also when nobody reads any more. */
  say(line: string): void;
  readonly colours: boolean;
  /** How wide the terminal is; Infinity where there is none and nothing need be cut. */
  readonly columns: number;
  readonly summaryIntervalMs: number;
  /** Replaces secret values by `***`. */
  redact(text: string): string;
}

/** Gives the options of a listener the type that its schema describes; those with a default are never absent. */
export function defineListener<const S extends JsonSchema>(
  kind: Omit<ListenerKind, 'schema' | 'check' | 'carries' | 'create'> & {
    readonly schema: S;
    check?(config: Infer<S>): string | null;
    carries?(config: Infer<S>): Partial<Carried>;
    create(config: Infer<S>, environment: ListenerEnvironment): Listener;
  },
): ListenerKind;
export function defineListener(kind: ListenerKind): ListenerKind {
  const defaults = defaultsOf(kind.schema);
  return { ...kind, create: (config, environment) => kind.create({ ...defaults, ...config }, environment) };
}
