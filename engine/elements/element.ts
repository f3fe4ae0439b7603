import type { Json } from '../model/json.ts';
import type { Infer, JsonSchema } from '../model/json-schema.ts';
import type { Sample } from '../model/sample.ts';
import type { Render, RenderScope } from '../template/scope.ts';

/**
 * Where a user goes after a step.
 *
 * `next`: on. `nextLoop`: the next iteration of the thread group. `stopThread`: the user ends.
 */
export type Flow = 'next' | 'nextLoop' | 'stopThread';

/** A step at work: synchronous where nothing is waited for, so that controllers cost no promise. */
export type Run = (user: ElementUser) => Flow | Promise<Flow>;

/** The user as controllers see it. */
export interface ElementUser extends RenderScope {
  /** When the next thing this user does is due. Set by what came before it. */
  dueEpochMs: number;
  /** When the user's time is up; infinite without a duration. */
  readonly endEpochMs: number;
  /** Resolves then, or earlier with false when the run is stopped at once. */
  sleepUntil(epochMs: number): Promise<boolean>;
  /** Transactions the user is in, outermost first. */
  readonly transactions: OpenTransaction[];
  record(sample: Sample): void;
  /** Users active now: of this group, of all groups. */
  readonly groupThreads: number;
  readonly allThreads: number;
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
  bytesReceived: number;
  bytesSent: number;
  latencyMs: number;
  connectMs: number;
  /** Time spent in pauses. */
  idleMs: number;
}

/** A controller: one file, and one line in `elements/index.ts`. */
export interface Controller {
  readonly kind: string;
  readonly schema: JsonSchema;
  /** The property that a bare value stands for: `loop: 5`. */
  readonly scalar?: string;
  readonly children?: 'steps' | 'branches';
  label?(config: Readonly<Record<string, unknown>>): string;
  /** Finds mistakes that the schema cannot, before the run. */
  check?(config: Readonly<Record<string, unknown>>): string | null;
  /** Called once per worker for each place in the plan. */
  build(site: ControllerSite<unknown>): Run;
}

export interface ControllerSite<C> {
  readonly config: Config<C>;
  readonly label: Render;
  readonly tags: Readonly<Record<string, string>>;
  /** The steps inside, in order. */
  readonly steps: Run;
  readonly branches: readonly { readonly config: Config<C>; readonly steps: Run }[];
}

/** The answer as extractors and assertions see it. Text and JSON are decoded when first asked for, once. */
export interface Answer {
  readonly code: string;
  readonly message: string;
  readonly elapsedMs: number;
  text(): string;
  /** Undefined when the body is not JSON. */
  json(): Json | undefined;
  /** The first header of that name, in lower case. */
  header(name: string): string | undefined;
}

/** An extractor: one file, and one line in `elements/index.ts`. */
export interface Extractor {
  readonly kind: string;
  readonly schema: JsonSchema;
  readonly reads: 'body' | 'headers' | 'nothing';
  check?(config: Readonly<Record<string, unknown>>): string | null;
  /** The variables that are set, for the check that nothing reads a variable which nothing sets. A `*` ends a family. */
  sets(variable: string, config: Readonly<Record<string, unknown>>): readonly string[];
  /** Called once per worker for each place; what it returns is called for every sample. */
  build(variable: string, config: Config<unknown>): (answer: Answer, user: RenderScope) => void;
}

/** An assertion: one file, and one line in `elements/index.ts`. */
export interface Assertion {
  readonly kind: string;
  readonly schema: JsonSchema;
  readonly reads: 'body' | 'headers' | 'nothing';
  check?(config: Readonly<Record<string, unknown>>): string | null;
  /** Gives the failure as a sentence, or null. Called once per worker; what it returns, for every sample. */
  build(config: Config<unknown>): (answer: Answer, user: RenderScope) => string | null;
}

/** Renders an element's configuration for a user. What has no templates is the same object every time. */
export interface Config<C> {
  // A method, so that what is defined for one configuration fits where any may stand.
  render(user: RenderScope): C;
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
    build(variable: string, config: Config<Infer<S>>): (answer: Answer, user: RenderScope) => void;
  },
): Extractor {
  return extractor;
}

export function defineAssertion<const S extends JsonSchema>(
  assertion: Omit<Assertion, 'schema' | 'build'> & {
    readonly schema: S;
    build(config: Config<Infer<S>>): (answer: Answer, user: RenderScope) => string | null;
  },
): Assertion {
  return assertion;
}
