import { Pool, type Dispatcher } from 'undici';
import { askingAt, connectorFor } from '../google/proxied/connector.ts';
import type { ProxyFor } from '../http/environment-proxies.ts';

/** Who is told when a connection that was opened for it stands. */
interface Waiter {
  connected(): void;
}

/** How long a connection that nobody uses is kept, unless the server says less. */
const keepAliveTimeoutMs = 30_000;

/** Connections to one origin, as many as there are requests at a time, kept open and shared by all users of a worker. */
export class Connections {
  readonly #pool: Pool;
  readonly #through: ReturnType<typeof askingAt>;
  /** In the order in which they asked; the pool opens connections in that order. */
  readonly #waiting: Waiter[] = [];

  constructor(origin: string, proxyFor: ProxyFor) {
    const connect = connectorFor(proxyFor);
    this.#through = askingAt(proxyFor, new URL(origin));
    this.#pool = new Pool(origin, {
      connections: null,
      keepAliveTimeout: keepAliveTimeoutMs,
      // Deadlines are those of samples: a query may be silent for as long as it is allowed to take.
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: (options, done) => {
        const waiter = this.#waiting.shift();
        connect(options, (error, socket) => {
          if (error === null) waiter?.connected();
          if (error === null) done(null, socket);
          else done(error, null);
        });
      },
    });
  }

  async request(options: Dispatcher.RequestOptions, waiter: Waiter): Promise<Dispatcher.ResponseData> {
    if (this.#pool.stats.free === 0) this.#waiting.push(waiter);
    try {
      const through = this.#through;
      return await this.#pool.request(through === null ? options : { ...options, ...through(options) });
    } finally {
      const place = this.#waiting.indexOf(waiter);
      if (place >= 0) this.#waiting.splice(place, 1);
    }
  }

  destroy(): Promise<void> {
    return this.#pool.destroy();
  }
}
