import type { SampleFields } from './sample-fields.ts';
import type { TraceNote } from './trace.ts';

/**
 * One measurement, as listeners see it.
 *
 * Service time runs from start (`elapsedMs`, JTL's `elapsed`); response time runs from due. Their
 * difference is the generator's lateness. Nothing here is corrected or invented.
 */
export interface Sample extends SampleFields {
  /** The variables that listeners ask for, as they were when the sample was done; those that were not set are missing. */
  readonly variables?: Readonly<Record<string, string>>;
  /** The request and the answer; only where a listener asks for them (`model/carried.ts`). */
  readonly detail?: SampleDetail;
}

/** Whether it counts with the load: a whole sample, taken in it. */
export function isOfLoad({ kind, phase }: Sample): boolean {
  return kind === 'sample' && phase === 'load';
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

export type DataType = SampleFields['dataType'];

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
