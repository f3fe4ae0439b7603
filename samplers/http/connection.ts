import type { Socket } from 'node:net';
import type { SecureContext } from 'node:tls';
import { Client } from 'undici';
import { Alarm } from './alarm.ts';
import type { ConnectionKind } from './connection-kind.ts';
import { Http2Wire } from './http2-wire.ts';
import { takeLegalAnswers } from './legal-answers.ts';
import type { NameCache } from './names.ts';
import { nameLookup } from './names.ts';
import type { Opening } from './open-socket.ts';
import { openSocket } from './open-socket.ts';
import type { Proxy } from './proxy.ts';
import type { Origin } from './target.ts';
import type { OpenWire, Tenant, Wire, WireRequest } from './wire.ts';

/** Where a connection leads, and how. */
export interface ConnectionOptions {
  readonly origin: Origin;
  readonly kind: ConnectionKind;
  /** What the name service has said; null: it is asked each time. */
  readonly names: NameCache | null;
  readonly onDestroy: () => void;
}

/** Closed by us when unused for so long; a server's Keep-Alive hint is kept to with half a second to spare. */
const KEEP_ALIVE_MS = 600_000;
const KEEP_ALIVE_SPARE_MS = 500;

const http1 = ['http/1.1'];
const http2 = ['h2', 'http/1.1'];

/**
 * One keep-alive connection to one origin, serving one request at a time; reconnects when needed.
 *
 * undici's own timeouts are off: they are up to a second late.
 */
export class Connection {
  /** The proxy that http:// URLs are asked from; null: there is none, or a tunnel. */
  readonly askedProxy: Proxy | null;
  readonly #options: ConnectionOptions;
  readonly #proxy: Proxy | null;
  readonly #wire: Wire;
  readonly #alarm = new Alarm(() => this.#tenant?.woken());
  #opening: Opening | null = null;
  #tenant: Tenant | null = null;

  constructor(options: ConnectionOptions) {
    const { origin, kind } = options;
    this.#options = options;
    this.#proxy = kind.proxyFor(origin);
    this.askedProxy = origin.secure ? null : this.#proxy;
    const speaksHttp2 = origin.secure ? kind.http2 : kind.http2PriorKnowledge;
    this.#wire = speaksHttp2 ? this.#http2Wire() : this.#http1Wire(null);
  }

  serve(request: WireRequest, tenant: Tenant): void {
    this.#tenant = tenant;
    this.#wire.dispatch(request, tenant);
  }

  /** The tenant is done; the connection may serve the next. */
  vacate(): void {
    this.#tenant = null;
  }

  /** Wakes the tenant at the given time (of `performance.now()`) or before it. */
  wakeBy(atMs: number): void {
    this.#alarm.ringBy(atMs);
  }

  /** Ends what it serves without telling it, and never serves again. Resolves when the socket is closed. */
  destroy(): Promise<void> {
    this.#tenant = null;
    this.#alarm.clear();
    this.#opening?.destroy();
    this.#options.onDestroy();
    return this.#wire.destroy();
  }

  /** The tenant, for one who ends all. */
  get tenant(): Tenant | null {
    return this.#tenant;
  }

  /** Speaks HTTP/1.1; at first on the socket that is given. */
  #http1Wire(first: Socket | null): Wire {
    let given = first;
    return new Client(this.#options.origin.name, {
      pipelining: 1,
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: KEEP_ALIVE_MS,
      keepAliveMaxTimeout: KEEP_ALIVE_MS,
      keepAliveTimeoutThreshold: KEEP_ALIVE_SPARE_MS,
      connect: ({ hostname, servername }, callback) => {
        const socket = given;
        given = null;
        if (socket !== null) {
          // undici does not expect the answer before it has asked.
          queueMicrotask(() => {
            callback(null, socket);
            takeLegalAnswers(socket);
          });
        } else {
          this.#open(servername || hostname, http1, (error, opened) => {
            if (opened === null) callback(error ?? new Error('no connection'), null);
            else {
              callback(null, opened);
              takeLegalAnswers(opened);
            }
          });
        }
      },
    });
  }

  #http2Wire(): Wire {
    const { origin } = this.#options;
    return new Http2Wire({
      origin,
      unasked: !origin.secure,
      open: (servername, opened) => this.#open(servername, http2, opened),
      fallback: (socket) => this.#http1Wire(socket),
    });
  }

  #open(servername: string, protocols: readonly string[], opened: Parameters<OpenWire>[1]): void {
    const { origin, kind, names } = this.#options;
    this.#tenant?.connecting();
    let secureContext: SecureContext | undefined;
    try {
      if (origin.secure || this.#proxy?.secure) secureContext = kind.secureContext();
    } catch (error) {
      opened(error instanceof Error ? error : new Error(String(error)), null);
      return;
    }
    this.#opening = openSocket(
      {
        hostname: origin.hostname,
        port: origin.port,
        secure: origin.secure,
        servername: kind.serverName ?? servername,
        insecure: kind.insecure,
        protocols,
        secureContext,
        proxy: this.#proxy,
        lookup:
          kind.namesHosts || names !== null ? nameLookup((host) => kind.addressOf(host), names) : undefined,
        localAddress: kind.nextSource(),
      },
      {
        tunnelling: () => this.#tenant?.tunnelling(),
        handshaking: () => this.#tenant?.handshaking(),
        ready: (socket) => {
          this.#tenant?.connected();
          opened(null, socket);
        },
        failed: (error) => {
          // A refused client certificate comes after the handshake; undici would tell of a closed connection only.
          if ('code' in error && String(error.code).startsWith('ERR_SSL_')) this.#tenant?.onError(error);
          opened(error, null);
        },
      },
    );
  }
}
