import type { Outcome } from '../../engine/model/sample.ts';
import type { OpenSampler, SampleContext, UserHandle } from '../../engine/model/sampler.ts';
import { Connection } from './connection.ts';
import { Cookies } from './cookies.ts';
import type { Answer, Operation } from './exchange.ts';
import { Exchange } from './exchange.ts';
import { follow } from './follow.ts';
import { failed, outcomeOf, withContent } from './outcome.ts';
import { isRedirect } from './redirect.ts';
import type { HttpRequest } from './request.ts';
import { requestOf } from './request.ts';
import { findHeaders } from './response-headers.ts';
import type { HttpConfig } from './schema.ts';
import type { Origin } from './target.ts';
import { urlOf } from './target.ts';

/** Idle connections by origin, last used first to be taken. */
type Idle = Map<string, Connection[]>;

/** What a user holds; made at its first request. */
interface Holdings {
  readonly idle: Idle;
  cookies: Cookies | null;
  hasEnded: boolean;
}

/** HTTP in one worker: the connections and cookies of its users. */
export class HttpSampler implements OpenSampler<HttpConfig> {
  readonly #users = new Map<UserHandle, Holdings>();
  readonly #shared: Idle = new Map();
  readonly #connections = new Set<Connection>();
  #isClosed = false;

  async perform(config: HttpConfig, context: SampleContext): Promise<Outcome> {
    const request = requestOf(config);
    if ('cause' in request) return failed(request);
    const startMs = performance.now();
    const totalAtMs = config.timeout === 0 ? Infinity : startMs + config.timeout;
    const operation = { config, context, startMs, totalAtMs };
    const holdings = this.#holdingsOf(context.user);
    const answer = await this.#send(request, operation, holdings);
    if (config.followRedirects && isRedirect(answer.status) && answer.fault === null) {
      const last = await follow(answer, {
        maxRedirects: config.maxRedirects,
        context,
        send: (next) => this.#send(next, { ...operation, startMs: performance.now() }, holdings),
      });
      return withContent(last.outcome, last.answer, config, context);
    }
    return withContent(outcomeOf(answer), answer, config, context);
  }

  endUser(user: UserHandle): void {
    const holdings = this.#users.get(user);
    if (holdings === undefined) return;
    this.#users.delete(user);
    holdings.hasEnded = true;
    for (const connections of holdings.idle.values()) {
      for (const connection of connections) void connection.destroy();
    }
  }

  abort(): void {
    for (const { tenant } of [...this.#connections]) {
      if (tenant instanceof Exchange) tenant.end('interrupted');
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.abort();
    await Promise.all([...this.#connections].map((connection) => connection.destroy()));
    this.#users.clear();
    this.#shared.clear();
  }

  #send(request: HttpRequest, operation: Operation, holdings: Holdings): Promise<Answer> {
    const { config } = operation;
    const { origin } = request.target;
    const idle = config.connections === 'shared' ? this.#shared : holdings.idle;
    const key = config.insecure ? `${origin.name} insecure` : origin.name;
    const connection = idle.get(key)?.pop() ?? this.#connect(origin, config.insecure);
    const cookie = cookieFor(request, config.cookies ? holdings.cookies : null);
    return new Promise((resolve) => {
      new Exchange(request, operation, connection, cookie, (answer) => {
        if (answer.fault === null) this.#giveBack(connection, idle, key, holdings);
        if (config.cookies) storeCookies(answer, holdings);
        resolve(answer);
      }).start();
    });
  }

  #connect(origin: Origin, insecure: boolean): Connection {
    const connection = new Connection(origin, insecure, () => this.#connections.delete(connection));
    this.#connections.add(connection);
    return connection;
  }

  #giveBack(connection: Connection, idle: Idle, key: string, holdings: Holdings): void {
    if (this.#isClosed || (holdings.hasEnded && idle === holdings.idle)) {
      void connection.destroy();
      return;
    }
    const connections = idle.get(key);
    if (connections === undefined) idle.set(key, [connection]);
    else connections.push(connection);
  }

  #holdingsOf(user: UserHandle): Holdings {
    const known = this.#users.get(user);
    if (known !== undefined) return known;
    const holdings: Holdings = { idle: new Map(), cookies: null, hasEnded: false };
    this.#users.set(user, holdings);
    return holdings;
  }
}

function cookieFor({ target, headers }: HttpRequest, cookies: Cookies | null): string {
  return cookies === null ? headers.cookie : cookies.header(urlOf(target), headers.cookie);
}

function storeCookies({ headers, request }: Answer, holdings: Holdings): void {
  const setCookies = findHeaders(headers, 'set-cookie');
  if (setCookies.length === 0) return;
  holdings.cookies ??= new Cookies();
  holdings.cookies.store(urlOf(request.target), setCookies);
}
