import type { Call } from './call.ts';
import type { Payload } from './payload/payload.ts';
import type { GcsConfig } from './schema.ts';

/** What one operation is performed with. */
export interface Operation {
  readonly config: GcsConfig;
  readonly call: Call;
  /** The bucket that it is about. */
  readonly bucket: string;
  /** What an upload holds; null: it is none. */
  readonly payload: Payload | null;
}

/** What an operation that went well amounts to. */
export interface Done {
  /** JSON of what the service told, or the content of a download. Absent: nobody asked for it. */
  readonly body?: Uint8Array | object | null;
  /** Bytes of content that were uploaded or downloaded; the sampler makes a rate of them. */
  readonly contentBytes?: number;
  readonly metrics?: Readonly<Record<string, number>>;
}
