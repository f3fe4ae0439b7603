import type { ClientHttp2Stream, IncomingHttpHeaders, IncomingHttpStatusHeader } from 'node:http2';
import { constants } from 'node:http2';
import { TransportError } from './transport-error.ts';
import type { Tenant } from './wire.ts';

export interface Http2Circumstances {
  readonly isHead: boolean;
  /** The error code of a GOAWAY frame; null before one. */
  goawayCode(): number | null;
  isConnected(): boolean;
  /** The answer is whole. */
  completed(): void;
}

/** One stream's answer, told to a tenant as undici tells of HTTP/1.1. */
export class Http2Answer {
  readonly #stream: ClientHttp2Stream;
  readonly #tenant: Tenant;
  readonly #circumstances: Http2Circumstances;
  #isOver = false;
  #hasStatus = false;
  /** Bytes of body still to come by Content-Length; null without one. */
  #missingBytes: number | null = null;
  #error: Error | null = null;

  constructor(stream: ClientHttp2Stream, tenant: Tenant, circumstances: Http2Circumstances) {
    this.#stream = stream;
    this.#tenant = tenant;
    this.#circumstances = circumstances;
    stream.on('response', (headers) => this.#begin(headers));
    stream.on('data', (chunk: Buffer) => this.#take(chunk));
    stream.on('end', () => this.#end());
    stream.on('error', (error: Error) => (this.#error = error));
    stream.on('close', () => this.#close());
  }

  #begin(headers: IncomingHttpHeaders & IncomingHttpStatusHeader): void {
    const status = headers[':status'] ?? 0;
    const length = headers['content-length'];
    const isBodiless = this.#circumstances.isHead || status === 204 || status === 304;
    this.#hasStatus = true;
    this.#tenant.onResponseStarted();
    this.#missingBytes = length === undefined || isBodiless ? null : Number(length);
    this.#tenant.onHeaders(status, rawHeaders(headers), () => undefined, '');
  }

  #take(chunk: Buffer): void {
    if (this.#missingBytes !== null) this.#missingBytes -= chunk.length;
    this.#tenant.onData(chunk);
  }

  /** A stream that is reset without an error ends as if it were whole. */
  #end(): void {
    if (this.#isOver || !this.#isWhole()) return;
    this.#isOver = true;
    // An answer before the whole request was sent: the rest is not wanted.
    if (!this.#stream.writableFinished) this.#stream.close(constants.NGHTTP2_CANCEL);
    this.#circumstances.completed();
    this.#tenant.onComplete();
  }

  #close(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#tenant.onError(this.#reason());
  }

  #isWhole(): boolean {
    const isReset = this.#stream.rstCode !== constants.NGHTTP2_NO_ERROR;
    return this.#hasStatus && !isReset && !(this.#missingBytes !== null && this.#missingBytes > 0);
  }

  /** Node says little of a stream that ended early: the rest is in the frames that came. */
  #reason(): Error {
    const goaway = this.#circumstances.goawayCode();
    if (goaway !== null && goaway !== constants.NGHTTP2_NO_ERROR) {
      return new TransportError('http2.goaway', nameOf(goaway));
    }
    const code = this.#stream.rstCode;
    // It went out when the server had already said that it takes no more on this connection.
    if (code === constants.NGHTTP2_REFUSED_STREAM && goaway !== null) return otherSideClosed();
    if (code === constants.NGHTTP2_REFUSED_STREAM) return new TransportError('http2.refused', nameOf(code));
    return this.#ofConnection() ?? new TransportError('http2.reset', nameOf(code));
  }

  /** What went wrong with the whole connection, if that is what it was. */
  #ofConnection(): Error | null {
    const error = this.#error;
    const code = error !== null && 'code' in error ? String(error.code) : '';
    if (error !== null && !code.startsWith('ERR_HTTP2_')) return error;
    if (code === 'ERR_HTTP2_ERROR') return new TransportError('http2.protocol', error?.message ?? '');
    if (code === 'ERR_HTTP2_STREAM_ERROR' || this.#circumstances.isConnected()) return null;
    return otherSideClosed();
  }
}

/** As undici says it. */
function otherSideClosed(): Error {
  return Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' });
}

function rawHeaders(headers: IncomingHttpHeaders): Buffer[] {
  const raw: Buffer[] = [];
  for (const [name, value] of Object.entries(headers)) {
    if (name.startsWith(':')) continue;
    for (const one of Array.isArray(value) ? value : [value ?? '']) {
      raw.push(Buffer.from(name, 'latin1'), Buffer.from(one, 'latin1'));
    }
  }
  return raw;
}

/** `REFUSED_STREAM`, as RFC 9113 §7 spells it. */
function nameOf(code: number): string {
  return errorNames[code] ?? `error code ${code}`;
}

const errorNames = [
  'NO_ERROR',
  'PROTOCOL_ERROR',
  'INTERNAL_ERROR',
  'FLOW_CONTROL_ERROR',
  'SETTINGS_TIMEOUT',
  'STREAM_CLOSED',
  'FRAME_SIZE_ERROR',
  'REFUSED_STREAM',
  'CANCEL',
  'COMPRESSION_ERROR',
  'CONNECT_ERROR',
  'ENHANCE_YOUR_CALM',
  'INADEQUATE_SECURITY',
  'HTTP_1_1_REQUIRED',
];
