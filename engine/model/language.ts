import type { Carried } from './carried.ts';
import type { JsonSchema } from './json-schema.ts';
import type { Metric } from './metric.ts';
import type { ReadBytes } from './ports.ts';
import type { AnswerRead, KnownMistake } from './sampler.ts';

/**
 * The words of the plan language, collected from the kinds that exist. `cli` puts it together and hands
 * it to `load` and `compile`, which therefore import no sampler and no listener.
 */
export interface Language {
  readonly samplers: readonly ElementSyntax[];
  readonly controllers: readonly ElementSyntax[];
  readonly extractors: readonly ElementSyntax[];
  readonly assertions: readonly ElementSyntax[];
  readonly timers: readonly ElementSyntax[];
  /** What may stand under `before` and `after`. */
  readonly processors: readonly ElementSyntax[];
  readonly data: readonly ElementSyntax[];
  readonly listeners: readonly ElementSyntax[];
  readonly monitors: readonly MonitorSyntax[];
}

/** How a monitor is written, and what it records. */
export interface MonitorSyntax extends ElementSyntax {
  measures(config: Readonly<Record<string, unknown>>): Readonly<Record<string, Omit<Metric, 'name'>>>;
  nameOf(config: Readonly<Record<string, unknown>>): string;
}

/**
 * How an element is written.
 *
 * Steps, listeners and monitors: `kind: value`, where the value is the long form (an object of `schema`) or a bare
 * value that stands for the property `scalar`. Extractors, assertions and processors are flat: the kind is one of
 * the keys, `{ jsonPath: $.id, match: random }`, and `schema` describes the whole object; so are steps that say `flat`.
 */
export interface ElementSyntax {
  readonly kind: string;
  readonly schema: JsonSchema;
  readonly scalar?: string;
  readonly aliases?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** `steps`: needs `steps:` beside it. `branches`: the value is a list of objects of `schema`, each with `steps:`. */
  readonly children?: 'steps' | 'branches';
  /** As a step: its options stand beside the kind, `- log: done` with `level: WARN` under it. */
  readonly flat?: boolean;
  /** Keys that exclude each other: a nearer one replaces an outer one of another name. */
  readonly exclusive?: readonly (readonly string[])[];
  /** Samplers: keys under which operations of other samplers stand. */
  readonly operations?: readonly string[];
  /** Samplers: what the author left out, as it follows from what is there. */
  fill?(config: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>;
  /** Samplers: what the author left out, as it follows from what is read of the answers. */
  fillRead?(reads: readonly AnswerRead[]): Readonly<Record<string, unknown>>;
  /** Samplers: what they measure besides times. */
  readonly metrics?: Readonly<Record<string, Omit<Metric, 'name'>>>;
  /** Finds mistakes that the schema cannot: a sentence, or null. Not `complete`: parts of the plan are missing. */
  check?(config: Readonly<Record<string, unknown>>, complete: boolean): string | null;
  /** Files of the plan's folder that a sampler reads, as far as its configuration is known before the run. */
  files?(known: Readonly<Record<string, unknown>>): readonly string[];
  /** Samplers: whether they may write files of the plan's folder. */
  readonly writesFiles?: true;
  /** Finds mistakes in what is known before the run, and in such files. */
  checkKnown?(known: Readonly<Record<string, unknown>>, read: ReadBytes): readonly KnownMistake[];
  /** Listeners: whether they show the sums of metrics. */
  readonly showsSums?: boolean;
  /** Listeners: what samples are to carry for it. */
  carries?(config: Readonly<Record<string, unknown>>): Partial<Carried>;
  /** The label of a step without `name:`. */
  label?(config: Readonly<Record<string, unknown>>): string;
}
