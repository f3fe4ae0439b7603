import type { Socket } from 'node:net';

/** The request that a connection serves now: undici tells it of the answer, the connection of itself. */
export interface Tenant {
  /** A new socket is being opened. */
  connecting(): void;
  /** A proxy is asked for a tunnel. */
  tunnelling(): void;
  handshaking(): void;
  connected(): void;
  /** The alarm rang. */
  woken(): void;
  // From here on as undici's older interface has it, which passes headers as raw buffers.
  onConnect(): void;
  /** The first byte of an answer is there. */
  onResponseStarted(): void;
  /** Also for a status below 200, which another one follows. */
  onHeaders(status: number, raw: Buffer[], resume: () => void, statusText: string): boolean;
  onData(chunk: Buffer): boolean;
  onComplete(): void;
  onError(error: Error): void;
}

/** A request as it is handed to what speaks the protocol. */
export interface WireRequest {
  readonly method: string;
  readonly path: string;
  /** Name, value, name, value … */
  readonly headers: string[];
  readonly body: Buffer | null;
  /** The connection is not to be used again. */
  readonly reset: boolean;
}

/** Speaks HTTP over one connection at a time, one request at a time, and opens the connection when it needs one. */
export interface Wire {
  /** What comes of it is told to the tenant; nothing is thrown. */
  dispatch(request: WireRequest, tenant: Tenant): unknown;
  destroy(): Promise<void>;
}

/** Opens a connection. `servername`: the name in the Host header, for TLS. */
export type OpenWire = (
  servername: string,
  opened: (error: Error | null, socket: Socket | null) => void,
) => void;
