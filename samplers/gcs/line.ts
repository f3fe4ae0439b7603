import { Agent, type buildConnector, type Dispatcher } from 'undici';
import { askingAt, connectorFor } from '../google/proxied/connector.ts';
import type { ProxyFor } from '../http/environment-proxies.ts';

/**
 * The connections of one operation at a time. The next operation of the same user finds them open.
 *
 * The client's own transport shares its connections among all users of a process, and closes all of them when one
 * download fails (`file.js`, "cleanup the sockets manually"); it cannot be stopped either.
 */
export class Line {
  readonly dispatcher: Dispatcher;
  /** Whether there has been a connection at all. */
  hasConnected = false;
  /** Told of each new connection. */
  readonly watchers = new Set<{ connected(): void }>();

  /** How many connections it may open. */
  readonly width: number;

  readonly #agent: Agent;
  readonly #connector: buildConnector.connector;
  readonly #proxyFor: ProxyFor;
  #last: { readonly origin: string; readonly through: ReturnType<typeof askingAt> } | null = null;

  constructor(width: number, proxyFor: ProxyFor) {
    this.width = width;
    this.#proxyFor = proxyFor;
    this.#connector = connectorFor(proxyFor);
    const limits = { headersTimeout: 0, bodyTimeout: 0, keepAliveTimeout: 60_000, connections: width };
    this.#agent = new Agent({ ...limits, connect: (options, callback) => this.#connect(options, callback) });
    this.dispatcher = this.#agent.compose((dispatch) => (options, handler) => {
      const through = this.#throughTo(String(options.origin));
      return dispatch(through === null ? options : { ...options, ...through(options) }, handler);
    });
  }

  /** Operations go to few origins, most of them to one. */
  #throughTo(origin: string): ReturnType<typeof askingAt> {
    if (this.#last?.origin !== origin)
      this.#last = { origin, through: askingAt(this.#proxyFor, new URL(origin)) };
    return this.#last.through;
  }

  destroy(): Promise<void> {
    return this.#agent.destroy();
  }

  readonly #connect: buildConnector.connector = (options, callback) => {
    this.#connector(options, (...result) => {
      if (result[0] === null) {
        this.hasConnected = true;
        for (const watcher of this.watchers) watcher.connected();
      }
      callback(...result);
    });
  };
}
