import type { Socket } from 'node:net';
import type { Dispatcher } from 'undici';
import { Client } from 'undici';
import type { buildConnector } from 'undici';
import { Alarm } from './alarm.ts';
import { openSocket } from './open-socket.ts';
import type { Origin } from './target.ts';

/** The request that a connection serves now: undici tells it of the answer, the connection of itself. */
export interface Tenant extends Dispatcher.DispatchHandler {
  /** A new socket is being opened. */
  connecting(): void;
  handshaking(): void;
  connected(): void;
  /** The alarm rang. */
  woken(): void;
}

/** Closed by us when unused for so long; a server's Keep-Alive hint is kept to with half a second to spare. */
const KEEP_ALIVE_MS = 600_000;
const KEEP_ALIVE_SPARE_MS = 500;

/**
 * One keep-alive connection to one origin, serving one request at a time; reconnects when needed.
 *
 * undici's own timeouts are off: they are up to a second late.
 */
export class Connection {
  readonly #client: Client;
  readonly #alarm = new Alarm(() => this.#tenant?.woken());
  readonly #insecure: boolean;
  readonly #onDestroy: () => void;
  #socket: Socket | null = null;
  #tenant: Tenant | null = null;

  constructor(origin: Origin, insecure: boolean, onDestroy: () => void) {
    this.#insecure = insecure;
    this.#onDestroy = onDestroy;
    this.#client = new Client(origin.name, {
      pipelining: 1,
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: KEEP_ALIVE_MS,
      keepAliveMaxTimeout: KEEP_ALIVE_MS,
      keepAliveTimeoutThreshold: KEEP_ALIVE_SPARE_MS,
      connect: (options, callback) => this.#open(options, callback),
    });
  }

  serve(request: Dispatcher.DispatchOptions, tenant: Tenant): void {
    this.#tenant = tenant;
    this.#client.dispatch(request, tenant);
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
    this.#socket?.destroy();
    this.#onDestroy();
    return this.#client.destroy();
  }

  /** The tenant, for one who ends all. */
  get tenant(): Tenant | null {
    return this.#tenant;
  }

  #open(options: buildConnector.Options, callback: buildConnector.Callback): void {
    this.#tenant?.connecting();
    this.#socket = openSocket(
      {
        hostname: options.hostname,
        port: options.port,
        secure: options.protocol === 'https:',
        servername: options.servername,
        insecure: this.#insecure,
      },
      {
        handshaking: () => this.#tenant?.handshaking(),
        ready: (socket) => {
          this.#tenant?.connected();
          callback(null, socket);
        },
        failed: (error) => callback(error, null),
      },
    );
  }
}
