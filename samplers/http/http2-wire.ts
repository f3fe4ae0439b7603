import { messageOf } from '../../engine/model/errors.ts';
import type { ClientHttp2Session, ClientHttp2Stream, OutgoingHttpHeaders } from 'node:http2';
import { validateHeaderValue } from 'node:http';
import { connect, constants } from 'node:http2';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { Http2Answer } from './http2-answer.ts';
import { expectBody } from './request.ts';
import type { Origin } from './target.ts';
import { TransportError } from './transport-error.ts';
import type { OpenWire, Tenant, Wire, WireRequest } from './wire.ts';

export interface Http2Options {
  readonly origin: Origin;
  /** HTTP/2 is spoken without being negotiated. */
  readonly unasked: boolean;
  readonly open: OpenWire;
  /** Speaks HTTP/1.1 on a connection that is already open; for a server that chose it. */
  readonly fallback: (socket: Socket) => Wire;
}

/** Bytes that a server may send before we say that they have come; RFC 9113 begins with 65,535. */
const WINDOW_BYTES = 1_048_576;
const MAX_HEADERS = 2000;

/**
 * HTTP/2 over one connection (RFC 9113), one stream at a time; HTTP/1.1 when the server chooses it.
 *
 * After a GOAWAY without error the request on its way is finished, and the next one opens a new connection.
 */
export class Http2Wire implements Wire {
  readonly #options: Http2Options;
  #session: ClientHttp2Session | null = null;
  #goaway: number | null = null;
  #http1: Wire | null = null;
  #isDestroyed = false;

  constructor(options: Http2Options) {
    this.#options = options;
  }

  dispatch(request: WireRequest, tenant: Tenant): void {
    const session = this.#session;
    if (this.#http1 !== null) this.#http1.dispatch(request, tenant);
    else if (session !== null && !session.closed && !session.destroyed) this.#send(session, request, tenant);
    else this.#connect(request, tenant);
  }

  async destroy(): Promise<void> {
    this.#isDestroyed = true;
    this.#session?.destroy();
    await this.#http1?.destroy();
  }

  #connect(request: WireRequest, tenant: Tenant): void {
    const { origin, open, unasked, fallback } = this.#options;
    const host = headerOf(request, 'host') ?? origin.host;
    open(host.replace(/:\d+$/, ''), (error, socket) => {
      if (this.#isDestroyed) socket?.destroy();
      else if (error !== null || socket === null) tenant.onError(error ?? new Error('no connection'));
      else if (unasked || (socket instanceof TLSSocket && socket.alpnProtocol === 'h2')) {
        this.#send(this.#begin(socket), request, tenant);
      } else {
        this.#http1 = fallback(socket);
        this.#http1.dispatch(request, tenant);
      }
    });
  }

  #begin(socket: Socket): ClientHttp2Session {
    const session = connect(this.#options.origin.name, {
      createConnection: () => socket,
      maxHeaderListPairs: MAX_HEADERS,
      settings: { enablePush: false, initialWindowSize: WINDOW_BYTES },
    });
    this.#session = session;
    this.#goaway = null;
    session.once('connect', () => {
      if (!session.destroyed) session.setLocalWindowSize(WINDOW_BYTES);
    });
    session.on('goaway', (code: number) => (this.#goaway = code));
    // Its streams are told too. Without a listener it would end the process.
    session.on('error', () => undefined);
    return session;
  }

  #send(session: ClientHttp2Session, request: WireRequest, tenant: Tenant): void {
    const { body, reset } = request;
    let stream: ClientHttp2Stream;
    tenant.onConnect();
    try {
      stream = session.request(this.#headers(request), { endStream: body === null || body.length === 0 });
    } catch (error) {
      const reason = messageOf(error);
      tenant.onError(new TransportError('request.invalid', reason));
      return;
    }
    new Http2Answer(stream, tenant, {
      isHead: request.method === 'HEAD',
      goawayCode: () => this.#goaway,
      isConnected: () => !session.destroyed,
      completed: () => {
        if (reset) session.close();
      },
    });
    if (body !== null && body.length > 0) stream.end(body);
  }

  #headers({ method, path, headers, body }: WireRequest): OutgoingHttpHeaders {
    const { origin } = this.#options;
    if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(method)) throw new Error('invalid request method');
    const sent: OutgoingHttpHeaders = {
      [constants.HTTP2_HEADER_METHOD]: method,
      [constants.HTTP2_HEADER_SCHEME]: origin.secure ? 'https' : 'http',
      [constants.HTTP2_HEADER_AUTHORITY]: origin.host,
      [constants.HTTP2_HEADER_PATH]: path,
    };
    for (let i = 0; i + 1 < headers.length; i += 2) {
      const name = (headers[i] ?? '').toLowerCase();
      const value = headers[i + 1] ?? '';
      // Node checks these for HTTP/1.1 only.
      validateHeaderValue(name, value);
      sent[name === 'host' ? constants.HTTP2_HEADER_AUTHORITY : name] = value;
    }
    const length = body?.length ?? 0;
    if (length > 0 || expectBody.has(method)) sent['content-length'] = String(length);
    return sent;
  }
}

function headerOf({ headers }: WireRequest, name: string): string | undefined {
  for (let i = 0; i + 1 < headers.length; i += 2) {
    if (headers[i]?.toLowerCase() === name) return headers[i + 1];
  }
  return undefined;
}
