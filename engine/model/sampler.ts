import type { Asked } from './asked.ts';
import type { EnvironmentProxies } from './environment-proxies.ts';
import type { Infer, JsonSchema } from './json-schema.ts';
import type { Metric } from './metric.ts';
import type { ReadBytes } from './ports.ts';
import type { Outcome } from './sample.ts';

/**
 * A kind of sampler: one file, and one line in `samplers/index.ts`.
 *
 * The schema is written once: plans are validated with it, editors show it and the type of `config` is
 * inferred from it. `open` is called once per worker.
 */
export interface Sampler {
  /** The key of the step: `http`. */
  readonly kind: string;
  readonly schema: JsonSchema;
  /** Its name in JMeter, if it has one there. */
  readonly jmeter?: string;
  /** YAML steps that show it at work; printed by `plan docs` and run by a test. */
  readonly example: string;
  /** The property that a bare value stands for: `get: /path`. */
  readonly scalar?: string;
  /** Other keys for the same step, and what they preset: `get` → `{ method: 'GET' }`. */
  readonly aliases?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Keys that exclude each other, such as the kinds of body: a nearer one replaces an outer one. */
  readonly exclusive?: readonly (readonly string[])[];
  /**
   * Keys of the configuration under which operations of other samplers stand, `{ http: … }`: each of those gets the defaults
   * of its kind.
   */
  readonly operations?: readonly string[];
  /** What the author left out, by key, as it follows from what is there. Templates are unrendered. */
  fill?(config: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>;
  /** What the author left out, by key, as it follows from what elements read of its answers. */
  fillRead?(reads: readonly AnswerRead[]): Readonly<Record<string, unknown>>;
  /** What it measures besides times, by name: plans may ask for it in thresholds. */
  readonly metrics?: Readonly<Record<string, Omit<Metric, 'name'>>>;
  /**
   * Finds mistakes that the schema cannot, before the run: a sentence, or null. Templates are unrendered.
   * Unless `complete`, parts of the plan were wrong in form and are missing: what they may explain is not told.
   */
  check?(config: Readonly<Record<string, unknown>>, complete: boolean): string | null;
  /**
   * Files of the plan's folder that it reads; they must be there before the run. `known` is the configuration as far as
   * it is known by then: what a template makes while the plan runs is missing.
   */
  files?(known: Readonly<Record<string, unknown>>): readonly string[];
  /** Whether it may write files of the plan's folder. */
  readonly writesFiles?: true;
  /** Finds mistakes in what is known before the run, and in its files. `read` throws for a file that is not there, which is told elsewhere. */
  checkKnown?(known: Readonly<Record<string, unknown>>, read: ReadBytes): readonly KnownMistake[];
  /**
   * Asked once before a run, in the main thread, with what is known of all its steps: what would fail every sample, such
   * as missing credentials, as sentences. Any of them refuses the run. What a template makes while the plan runs is
   * there as undefined.
   */
  preflight?(
    known: readonly Readonly<Record<string, unknown>>[],
    read: ReadBytes,
    proxies: EnvironmentProxies | null,
  ): Promise<readonly string[]>;
  /** The label of a step without `name:`, from its unrendered configuration. */
  label(config: Readonly<Record<string, unknown>>): string;
  open(options: OpenOptions): OpenSampler | Promise<OpenSampler>;
}

/** What an extractor, an assertion or a script reads of an answer. */
export interface AnswerRead {
  /** `header`, `jsonPath`, `script` … */
  readonly kind: string;
  /** The name, path, pattern or text by which it reads; null: it is not known before the run. */
  readonly by: string | null;
}

/** A mistake, and the key of the configuration under which it is. */
export interface KnownMistake {
  readonly key: string;
  readonly message: string;
}

export interface OpenOptions {
  /** Users that this worker will run. */
  readonly users: number;
  /** What is known of its steps before the run: what all samples need, such as a token, can be fetched ahead of the first. */
  readonly known: readonly Readonly<Record<string, unknown>>[];
  /** What somebody wants to know of its samples; without it nothing. */
  readonly asked?: Asked;
  /** Reads files of the plan's folder. */
  readonly readBytes: ReadBytes;
  /** The proxies of the environment that a plan may be led through; without them all is reached directly. */
  readonly proxies?: EnvironmentProxies | null;
  /** Where a file of the plan's folder is, all links followed: for what is too large to be read at once. Throws as `readBytes` does. */
  readonly pathOf: (path: string) => string;
}

/** A sampler at work in one worker. */
export interface OpenSampler<C = unknown> {
  /**
   * Performs one operation. Throws freely: the engine makes a failed sample of it.
   *
   * A part of the configuration without templates is the same object in every call, so what is derived
   * from it may be remembered for the last few objects seen. (A WeakMap keyed by objects that are made anew
   * for each sample costs microseconds of garbage collection.)
   *
   * Null: there was nothing to do, and there is no sample.
   */
  perform(config: C, context: SampleContext): Promise<Outcome | null>;
  /**
   * The longest that an operation may legitimately take: its own timeout, and what it does besides, such as retries or a
   * cancellation. The engine gives it up a second later, should it not have settled by then. Infinity: the author set
   * no limit.
   */
  deadlineMs(config: C): number;
  /** The longest that it takes to get ready, before it calls `ready`; the deadline counts from then. */
  preparesWithinMs?(config: C): number;
  /** The longest that an operation takes to end once `abort` was called; without it: it ends at once. */
  endsWithinMs?(config: C): number;
  /** The user is done: give back what it held. */
  endUser?(user: UserHandle): void;
  /** Ends every operation in flight; their samples fail. */
  abort?(): void;
  close(): Promise<void>;
}

/** One virtual user, as samplers see it: an identity to hang connections and cookies on. */
export interface UserHandle {
  readonly threadName: string;
  /** How often it has begun its steps anew; from 0. */
  readonly iteration: number;
}

/** What of an answer is kept. */
export interface Keep {
  readonly keepBody: boolean;
  readonly keepHeaders: boolean;
  readonly keepRequest: boolean;
  /** The body is kept for listeners alone: one that cannot be decoded fails nothing and is shown as it came. */
  readonly onlyShown?: boolean;
}

export interface SampleContext extends Keep {
  readonly user: UserHandle;
  /**
   * The configuration as people may see it, with `***` where secrets stand; undefined: as it is. A sampler that makes a
   * URL or a request of its configuration makes `shown` of its outcome of this; for others the engine looks through them.
   */
  readonly shown?: unknown;
  /** What of the answers of parts is kept; null: nothing. What is kept of them is kept of the whole, too. */
  readonly keepOfParts: Keep | null;
  /** Call when a new connection stands; not on a reused one. Only the first call counts. */
  connected(): void;
  /** Call when the first byte of the answer is there. Only the first call counts. */
  firstByte(): void;
  /** Call when the server had closed a connection that was used again, and the request is sent once more. */
  staleReuse?(): void;
  /**
   * Call when all so far was preparation, such as runs to warm up: the sample begins now. Parts that were closed before
   * keep their times.
   */
  ready(): void;
  /**
   * Call when the operation is over and only what is told of it remains to be asked, such as statistics of a job: the time
   * of the sample ends here. Only the first call counts.
   */
  done(): void;
  /**
   * Call when the operation waits for something that is not to be measured, such as a new token; what it gives ends the wait. That
   * time is left out of the sample's, whose idle time it is, and the engine's deadline is later by it.
   */
  idle?(): () => void;
  /** Closes a part of the operation, from its start (or the last part's end) until now, as a sub-sample. */
  part(outcome: Outcome, known?: KnownPart): void;
  /** Begins a part that runs beside others. Parts are listed as they began; one that is not ended is not told. */
  begin(name?: string): OpenPart;
}

/** What a sampler knows of a part itself. */
export interface KnownPart {
  /** Ends its label, after that of the sample; without it a number does. */
  readonly name?: string;
  /** How long it took, where somebody else has measured it: it ends so much after the last part's end. */
  readonly elapsedMs?: number;
}

/** A part of an operation with times of its own. */
export interface OpenPart {
  connected(): void;
  firstByte(): void;
  end(outcome: Outcome): void;
}

/** Gives the operations of a sampler the type that its schema describes. */
export function defineSampler<const S extends JsonSchema>(
  sampler: Omit<Sampler, 'schema' | 'open'> & {
    readonly schema: S;
    open(options: OpenOptions): OpenSampler<Infer<S>> | Promise<OpenSampler<Infer<S>>>;
  },
): Sampler {
  return sampler;
}
