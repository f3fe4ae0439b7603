import { Agent, buildConnector, EnvHttpProxyAgent, type Dispatcher } from 'undici';

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

  constructor(width: number, environment: NodeJS.ProcessEnv = process.env) {
    this.width = width;
    const limits = { headersTimeout: 0, bodyTimeout: 0, keepAliveTimeout: 60_000, connections: width };
    const isProxied = ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY'].some(
      (name) => (environment[name] ?? '') !== '',
    );
    this.dispatcher = isProxied
      ? new EnvHttpProxyAgent(limits)
      : new Agent({ ...limits, connect: this.#connect });
  }

  destroy(): Promise<void> {
    return this.dispatcher.destroy();
  }

  readonly #connector = buildConnector({ timeout: 30_000 });

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
