import type { TraceNote } from './trace.ts';

/**
 * One measurement, as listeners see it.
 *
 * Service time runs from start (`elapsedMs`, JTL's `elapsed`); response time runs from due. Their
 * difference is the generator's lateness. Nothing here is corrected or invented.
 */
export interface Sample {
  /**
   * `sub`: part of a sample, such as one hop of a redirect; written to the JTL and not counted.
   * `transaction`: the sum of several samples; has its own row and is not counted in the total.
   * `aside`: taken beside the load, in set-up, warm-up, tear-down or clean-up; written to the JTL, under a thread name
   * that ends with the word for it (`model/parts.ts`), and not counted with the load.
   * `cut`: a transaction that the end of the user's time, or of the run, cut off; written to the JTL, with a message that
   * says so (`model/transaction-message.ts`), and only counted as cut off.
   */
  readonly kind: 'sample' | 'sub' | 'transaction' | 'aside' | 'cut';
  readonly label: string;
  readonly tags: Readonly<Record<string, string>>;
  /** JMeter's thread name: `<group> <group number>-<thread number>`. */
  readonly threadName: string;
  readonly dueEpochMs: number;
  readonly startEpochMs: number;
  readonly elapsedMs: number;
  /** Time inside a transaction that was not spent sampling. */
  readonly idleMs: number;
  /** From start to the first byte of the answer; 0 when none came. */
  readonly latencyMs: number;
  /** Resolving, connecting and the TLS handshake; 0 on a reused connection. */
  readonly connectMs: number;
  readonly ok: boolean;
  readonly code: string;
  readonly message: string;
  /** Why it failed: the first failed assertion, or the cause of a transport error. Empty when ok. */
  readonly failure: string;
  readonly dataType: DataType;
  readonly bytesReceived: number;
  readonly bytesSent: number;
  readonly url: string | null;
  /** Users of the group, and of all groups, active when the sample ended. */
  readonly groupThreads: number;
  readonly allThreads: number;
  /** The variables that listeners ask for, as they were when the sample was done; those that were not set are missing. */
  readonly variables?: Readonly<Record<string, string>>;
  /** The request and the answer; only where a listener asks for them (`model/carried.ts`). */
  readonly detail?: SampleDetail;
}

/** What was sent and what came back, as far as listeners asked for it. */
export interface SampleDetail {
  /** Null: nothing was sent, or nobody asked. Its body is cut like that of the answer. */
  readonly request: SentRequest | null;
  readonly requestIsCut: boolean;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Decompressed, and cut to what was asked for. */
  readonly body: Uint8Array;
  /** Size of the whole body. */
  readonly bodyBytes: number;
  /** Its Content-Type, which says how its text is read; missing where the sampler knows none. */
  readonly contentType?: string;
  /** What happened around the sample; only in a traced run. */
  readonly notes?: readonly TraceNote[];
}

export type DataType = 'text' | 'bin' | '';

/** What a sampler says of one operation. The engine adds the times. */
export interface Outcome {
  readonly ok: boolean;
  /** A status, or JMeter's `Non HTTP response code: java.net.ConnectException`. */
  readonly code: string;
  readonly message: string;
  readonly dataType: DataType;
  readonly bytesReceived: number;
  readonly bytesSent: number;
  readonly url: string | null;
  /**
   * Values of metrics that the sampler declares, one or several of each; null: there is one, and nobody knows it. Those of
   * parts are not recorded.
   */
  readonly metrics?: Readonly<Record<string, number | null | readonly number[]>>;
  /** The cause of a failure that the code does not name, such as `reset.mid_body: …`. */
  readonly failure?: string;
  /** What the answer says about its code, such as the end of a command's output; told when the code is why it failed. */
  readonly explanation?: string;
  /** The whole body, decompressed; only if asked for. */
  readonly body?: Uint8Array;
  /** The Content-Type of the body; with the body, where the sampler knows it. */
  readonly contentType?: string;
  /** Names as they were sent; only if asked for. */
  readonly headers?: readonly (readonly [name: string, value: string])[];
  /** What was sent; only if asked for. */
  readonly request?: SentRequest;
  /** What people see in place of these, where a secret stands in what was asked for. */
  readonly shown?: ShownOutcome;
}

/** What is told of an operation, with `***` in the place of secrets. */
export interface ShownOutcome {
  readonly url: string | null;
  readonly message?: string;
  readonly request?: SentRequest;
}

export interface SentRequest {
  readonly method: string;
  readonly url: string;
  /** Names and values as they were sent. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** The body as text; empty without one. */
  readonly body: string;
}
