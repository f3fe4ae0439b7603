import type { ExactJson } from '../json/exact-number.ts';
import type { RecordMetric } from '../model/metric.ts';
import type { ScriptEngine } from '../model/script.ts';
import type { Infer, JsonSchema } from '../model/json-schema.ts';
import type { Sample } from '../model/sample.ts';
import type { ReadBytes } from '../model/ports.ts';
import type { KnownMistake } from '../model/sampler.ts';
import type { RoundNotes } from '../model/sweep.ts';
import type { Render, RenderScope } from '../template/scope.ts';

/**
 * Where a user goes after a step.
 *
 * `next`: on. `nextIteration`: the next pass of the innermost loop. `breakLoop`: behind it. `nextLoop`: the next iteration of the thread group. `stopThread`: the user ends.
 */
export type Flow = 'next' | 'nextIteration' | 'breakLoop' | 'nextLoop' | 'stopThread';

/** A step at work: synchronous where nothing is waited for, so that controllers cost no promise. */
export type Run = (user: ElementUser) => Flow | Promise<Flow>;

/** The user as controllers see it. */
export interface ElementUser extends RenderScope {
  /** When the next thing this user does is due. Set by what came before it. */
  dueEpochMs: number;
  /** When the user's time is up; infinite without a duration. */
  readonly endEpochMs: number;
  /** How long the load has been paused until now: what was planned before comes later by as much. */
  readonly pausedMs: number;
  /** The end of the user's time, or of the run, has kept a step from being done: the transactions around it are not whole. */
  cutShort: boolean;
  /** Whether nothing may begin any more because the user's time is up, or the run is being stopped; then it is cut short. */
  isOver(): boolean;
  /** Resolves then, or earlier with false when the run is stopped at once. */
  sleepUntil(epochMs: number): Promise<boolean>;
  /** Transactions the user is in, outermost first. */
  readonly transactions: OpenTransaction[];
  /** Counts a sample in the transactions the user is in, and delivers it. */
  record(sample: Sample): void;
  /** Gives a row to the listeners, or to the transaction with `parent` that the user is in; no transaction counts it. */
  deliver(sample: Sample): void;
  /** Adds a value to a metric that the plan declares. */
  readonly recordMetric: RecordMetric;
  /** Tells people of something that is wrong; the same message once a run. */
  problem(message: string): void;
  /** Users active now: of this group, of all groups. */
  readonly groupThreads: number;
  readonly allThreads: number;
  /** Whether this user's last sample, its assertions included, was a success. */
  readonly lastOk: boolean;
  /** The code of this user's last sample. */
  readonly lastCode: string;
  /** Samples this user has taken. */
  readonly samples: number;
  /** A row that stands for no sample has failed: it counts as the last sample, and in set-up as a failure. */
  noteFailure(row: Sample): void;
  /** Counts a step that was left out because its guard did not hold. */
  skip(label: string): void;
  /** Lets every user see a variable, as it is now, once set-up is over. */
  export(variable: string): void;
  /** Keeps steps, and the variables as they are now, for when the user ends. The last kept run first. */
  keepForCleanUp(steps: Run): void;
  /** The last answer, where processors or scripts may ask for it. */
  readonly answer: Answer | null;
  /** From 0: the pass of the innermost loop, or of the thread group. Loops set it and put it back. */
  loopPass: number;
  /** Users of the group over all workers, as planned, or as set since. */
  readonly plannedThreads: number;
  /** Asks for the end of the test; the user itself ends by the flow `stopThread`. */
  stopTest(mode: 'soon' | 'now', reason: string): void;
  /** Ends the users of this group, in this worker and the others. */
  stopGroup(reason: string): void;
  /** A number that all users of all workers share, by the slot of an element: adds to it and returns the new value. Starts at 0. */
  sharedAdd(slot: number, amount: number): number;
  /**
   * A point in time that all users of all workers, or of the group, share, by the slot of an element: replaced in
   * one piece by what `next` makes of it, and returned. 0 at first; to the microsecond.
   */
  sharedTime(slot: number, among: 'all' | 'group', next: (epochMs: number) => number): number;
  /** Waits until no other user of any worker holds the lock of that name; gives what releases it. */
  lock(name: string): Promise<() => void>;
  /** The seed of the run (`--seed`), the same in all workers. */
  readonly seed: number;
  /** Waits until so many users stand at the same place, or the time is over. True: all came. */
  rendezvous(slot: number, users: number, timeoutMs: number): Promise<boolean>;
  /** Runs the plan's scripts; started when the first one is compiled. */
  readonly scripts: ScriptEngine;
  /** Runs steps as another strand of the same user, at the same time. Variables are shared. */
  strand(): ElementUser;
  /** The same user for what it does to warm up: its samples are told and do not count. Then `joined`. */
  warmingUp(): ElementUser;
  /** The round through the cells of a matrix that the user is in, where a threshold compares samples in rounds. */
  round: RoundNotes | null;
  /** A new round; null: no threshold asks. */
  newRound(): RoundNotes | null;
  /** After all strands have ended: the user goes on from where the last of them was. */
  joined(strands: readonly ElementUser[]): void;
  /** Whether the run is being stopped: finish what has an end, leave what has none. */
  readonly stopping: boolean;
  /** How often this user has waited for something; a loop that never waits must give way. */
  readonly waits: number;
  /** Lets others run; `stopThread` when the user's time is up. */
  giveWay(): Promise<Flow>;
}

/** Sums of the samples inside a transaction. */
export interface OpenTransaction {
  count: number;
  failed: number;
  /** The code of the first failed sample; empty without one. */
  failedCode: string;
  /** Time spent sampling. */
  elapsedMs: number;
  bytesReceived: number;
  bytesSent: number;
  latencyMs: number;
  connectMs: number;
  /** Time spent in pauses. */
  idleMs: number;
  /** With `parent`: the rows inside, kept until the transaction's own is written. Null: they are written at once. */
  readonly held: Sample[] | null;
}

/** A controller: one file, and one line in `elements/index.ts`. */
export interface Controller {
  readonly kind: string;
  readonly schema: JsonSchema;
  /** Its name in JMeter, if it has one there. */
  readonly jmeter?: string;
  /** YAML steps that show it at work; printed by `plan docs` and run by a test. */
  readonly example: string;
  /** The property that a bare value stands for: `loop: 5`. */
  readonly scalar?: string;
  readonly children?: 'steps' | 'branches';
  /** Its options stand beside its kind, in the step itself. */
  readonly flat?: boolean;
  /** It is not left in the middle: where samplers take turns one by one, all of it is one turn. */
  readonly whole?: boolean;
  /** Its steps are those of a loop: what is to happen once directly in it happens each time it is entered. */
  readonly loops?: boolean;
  label?(config: Readonly<Record<string, unknown>>): string;
  /** Finds mistakes that the schema cannot, before the run. */
  check?(config: Readonly<Record<string, unknown>>): string | null;
  /** The variables it sets, for the check that nothing reads a variable which nothing sets. */
  sets?(config: Readonly<Record<string, unknown>>): readonly string[];
  /** The metric it records into, for the check that the plan declares it. */
  records?(config: Readonly<Record<string, unknown>>): WrittenRecord;
  /** Pools of the plan that it names. */
  pools?(config: Readonly<Record<string, unknown>>): readonly string[];
  /** Families of variables, `x_1`, `x_2` …, that it reads by their name `x`. */
  families?(config: Readonly<Record<string, unknown>>): readonly string[];
  /** Called once per worker for each place in the plan. */
  build(site: ControllerSite<unknown>): Run;
}

export interface ControllerSite<C> {
  readonly config: Config<C>;
  readonly label: Render;
  readonly tags: Readonly<Record<string, string>>;
  /** The steps inside, in order; their data moves on with each call. */
  readonly steps: Run;
  /** The steps inside, one by one. */
  readonly children: readonly ChildStep[];
  /**
   * The steps inside once more, with something around every step in them that has no steps itself; `place` is that of the
   * child it is in.
   */
  childrenWith(around: (run: Run, place: number) => Run): readonly ChildStep[];
  /** Moves the data of the place on. For controllers that run `children`; `steps` does it itself. */
  readonly data: Run;
  readonly slot: number;
  /** `plans/a.yaml:12:5`. */
  readonly at: string;
  readonly branches: readonly { readonly config: Config<C>; readonly steps: Run }[];
  /** Whether it stands directly in a controller that `loops`. */
  readonly inLoop: boolean;
}

export interface ChildStep {
  readonly run: Run;
  readonly label: Render;
}

/** The answer as extractors and assertions see it. Text and JSON are decoded when first asked for, once. */
export interface Answer {
  readonly code: string;
  readonly message: string;
  readonly elapsedMs: number;
  readonly url: string;
  readonly ok: boolean;
  /** Bytes received, headers included. */
  readonly bytesReceived: number;
  /** Bytes of the body, decompressed. */
  readonly bodyBytes: number;
  /** The body, decompressed. */
  bytes(): Uint8Array;
  text(): string;
  /** Undefined when the body is not JSON. */
  json(): ExactJson | undefined;
  /** The first header of that name, in lower case. */
  header(name: string): string | undefined;
  /** The status line and headers, a line each, as JMeter shows them. */
  headersText(): string;
  /** Headers and body of the request as text; empty unless the element reads `request`. */
  requestHeadersText(): string;
  requestText(): string;
  /** Those of its sub-samples, in their order; they have none of their own. */
  parts(): readonly Answer[];
}

/** What an element needs of an answer; what no element needs is not kept. */
export type Reads = 'body' | 'headers' | 'request';

/** The same, where it depends on the configuration (templates unrendered). */
export type ReadsOf = readonly Reads[] | ((config: Readonly<Record<string, unknown>>) => readonly Reads[]);

/** Where an element stands. The same object wherever the element applies: what it remembers of a user is kept by it. */
export interface ElementSite {
  readonly slot: number;
  /** `plans/a.yaml:12:5`. */
  readonly at: string;
}

/** A timer: one file, and one line in `elements/index.ts`. Its delays add up with those of others. */
export interface Timer {
  readonly kind: string;
  readonly schema: JsonSchema;
  /** Its name in JMeter, if it has one there. */
  readonly jmeter?: string;
  /** YAML steps that show it at work; printed by `plan docs` and run by a test. */
  readonly example: string;
  check?(config: Readonly<Record<string, unknown>>): string | null;
  /** Gives the delay in milliseconds before a sampler; Infinity ends the user. Called once per worker for each place. */
  build(config: Config<unknown>, site: ElementSite): (user: ElementUser) => number | Promise<number>;
}

/** What runs before or after a sampler, or as a step of its own: one file, and one line in `elements/index.ts`. */
export interface Processor {
  readonly kind: string;
  readonly schema: JsonSchema;
  /** Its name in JMeter, if it has one there. */
  readonly jmeter?: string;
  /** YAML steps that show it at work; printed by `plan docs` and run by a test. */
  readonly example: string;
  readonly reads: ReadsOf;
  check?(config: Readonly<Record<string, unknown>>): string | null;
  sets?(config: Readonly<Record<string, unknown>>): readonly string[];
  /** The metric it records into, for the check that the plan declares it. */
  records?(config: Readonly<Record<string, unknown>>): WrittenRecord;
  /** Pools of the plan that it names. */
  pools?(config: Readonly<Record<string, unknown>>): readonly string[];
  /** Families of variables, `x_1`, `x_2` …, that it reads by their name `x`. */
  families?(config: Readonly<Record<string, unknown>>): readonly string[];
  /**
   * `answer` is the last one: under `before`, the sample before; null when there was none. `tags` are those of the
   * step that it stands at.
   */
  build(
    config: Config<unknown>,
    site: ElementSite,
    tags: Readonly<Record<string, string>>,
  ): (user: ElementUser, answer: Answer | null) => void | Promise<void>;
}

/** What an element records, as the author wrote it. */
export interface WrittenRecord {
  readonly metric: string;
  readonly value: unknown;
  /** Its own tags, besides those of the step. */
  readonly tags: Readonly<Record<string, string>>;
}

/** A source of variables: moves on at the start of each pass of the place it stands in. */
export interface DataSource {
  readonly kind: string;
  readonly schema: JsonSchema;
  /** Its name in JMeter, if it has one there. */
  readonly jmeter?: string;
  /** YAML steps that show it at work; printed by `plan docs` and run by a test. */
  readonly example: string;
  /** Loads what it needs besides itself. Awaited before `checkKnown` and `build`. */
  load?: () => Promise<void>;
  check?(config: Readonly<Record<string, unknown>>): string | null;
  sets(config: Readonly<Record<string, unknown>>): readonly string[];
  /** Places with the same key share one slot, wherever they stand; null: a slot of its own. */
  sharedKey?(config: Readonly<Record<string, unknown>>): string | null;
  /** Files of the plan's folder that it reads; they must be there before the run. */
  files?(config: Readonly<Record<string, unknown>>): readonly string[];
  /** Finds mistakes in what is known before the run; undefined stands for what is not. */
  checkKnown?(known: Readonly<Record<string, unknown>>): readonly KnownMistake[];
  /** The same, where its files must be looked into; called once all files are there. */
  checkFiles?(known: Readonly<Record<string, unknown>>, read: ReadBytes): readonly KnownMistake[];
  /** Gives `stopThread` when it has no more to give and the user is to end. */
  build(config: Config<unknown>, site: ElementSite): (user: ElementUser) => Flow | Promise<Flow>;
}

/** An extractor: one file, and one line in `elements/index.ts`. */
export interface Extractor {
  readonly kind: string;
  readonly schema: JsonSchema;
  /** Its name in JMeter, if it has one there. */
  readonly jmeter?: string;
  /** YAML steps that show it at work; printed by `plan docs` and run by a test. */
  readonly example: string;
  readonly reads: ReadsOf;
  /** Loads what it needs besides itself, such as a parser. Awaited before `check` and `build`. */
  load?: () => Promise<void>;
  check?(config: Readonly<Record<string, unknown>>): string | null;
  /** The variables that are set, for the check that nothing reads a variable which nothing sets. A `*` ends a family. */
  sets(variable: string, config: Readonly<Record<string, unknown>>): readonly string[];
  /** Called once per worker for each place; what it returns is called for every sample, and says whether it found something. */
  build(variable: string, config: Config<unknown>): (answer: Answer, user: RenderScope) => boolean;
}

/** An assertion: one file, and one line in `elements/index.ts`. */
export interface Assertion {
  readonly kind: string;
  readonly schema: JsonSchema;
  /** Its name in JMeter, if it has one there. */
  readonly jmeter?: string;
  /** YAML steps that show it at work; printed by `plan docs` and run by a test. */
  readonly example: string;
  readonly reads: ReadsOf;
  /** Loads what it needs besides itself, such as a parser. Awaited before `check` and `build`. */
  load?: () => Promise<void>;
  check?(config: Readonly<Record<string, unknown>>): string | null;
  /** The variables it sets, for the check that nothing reads a variable which nothing sets. */
  sets?(config: Readonly<Record<string, unknown>>): readonly string[];
  /** Gives the failure as a sentence, or null. Called once per worker; what it returns, for every sample. */
  build(config: Config<unknown>, site: ElementSite): (answer: Answer, user: ElementUser) => string | null;
}

/** Renders an element's configuration for a user. What has no templates is the same object every time. */
export interface Config<C> {
  // A method, so that what is defined for one configuration fits where any may stand.
  render(user: RenderScope): C;
  /** The same as people may see it, with `***` where secrets stand: for what is only written down. */
  shown?(user: RenderScope): C;
}

export function defineController<const S extends JsonSchema>(
  controller: Omit<Controller, 'schema' | 'build'> & {
    readonly schema: S;
    build(site: ControllerSite<Infer<S>>): Run;
  },
): Controller {
  return controller;
}

export function defineExtractor<const S extends JsonSchema>(
  extractor: Omit<Extractor, 'schema' | 'build'> & {
    readonly schema: S;
    build(variable: string, config: Config<Infer<S>>): (answer: Answer, user: RenderScope) => boolean;
  },
): Extractor {
  return extractor;
}

export function defineAssertion<const S extends JsonSchema>(
  assertion: Omit<Assertion, 'schema' | 'build'> & {
    readonly schema: S;
    build(config: Config<Infer<S>>, site: ElementSite): (answer: Answer, user: ElementUser) => string | null;
  },
): Assertion {
  return assertion;
}

export function defineTimer<const S extends JsonSchema>(
  timer: Omit<Timer, 'schema' | 'build'> & {
    readonly schema: S;
    build(config: Config<Infer<S>>, site: ElementSite): (user: ElementUser) => number | Promise<number>;
  },
): Timer {
  return timer;
}

export function defineProcessor<const S extends JsonSchema>(
  processor: Omit<Processor, 'schema' | 'build'> & {
    readonly schema: S;
    build(
      config: Config<Infer<S>>,
      site: ElementSite,
      tags: Readonly<Record<string, string>>,
    ): (user: ElementUser, answer: Answer | null) => void | Promise<void>;
  },
): Processor {
  return processor;
}

export function defineDataSource<const S extends JsonSchema>(
  source: Omit<DataSource, 'schema' | 'build'> & {
    readonly schema: S;
    build(config: Config<Infer<S>>, site: ElementSite): (user: ElementUser) => Flow | Promise<Flow>;
  },
): DataSource {
  return source;
}
