import type { Outcome } from '../../engine/model/sample.ts';
import type { OpenOptions, OpenSampler, SampleContext, UserHandle } from '../../engine/model/sampler.ts';
import { Connection } from './connection.ts';
import type { BadOption, ConnectionKind } from './connection-kind.ts';
import { ConnectionKinds } from './connection-kind.ts';
import { isLenient, keepsCookies } from './cookie-options.ts';
import { Cookies } from './cookies.ts';
import type { Answer, Operation } from './exchange.ts';
import { proxyRoutes } from './environment-proxies.ts';
import { Exchange } from './exchange.ts';
import type { Fault } from './fault.ts';
import { circumstances, faultOf } from './fault.ts';
import { follow, leadsOn } from './follow.ts';
import type { Holdings, Idle } from './holdings.ts';
import { newHoldings } from './holdings.ts';
import { keepsAll, keepsNone } from './kept-bodies.ts';
import type { NameCache } from './names.ts';
import { failed, outcomeOf, withContent } from './outcome.ts';
import { asksForMore, performMore } from './perform-more.ts';
import type { HttpRequest } from './request.ts';
import { requestOf, toldRequestOf } from './request.ts';
import { findHeaders } from './response-headers.ts';
import type { HttpConfig } from './schema.ts';
import { sendMore } from './send-more.ts';
import { withBytesOf } from './send-with-auth.ts';
import type { Origin } from './target.ts';
import { urlOf } from './target.ts';

const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/** HTTP in one worker: the connections, cookies and caches of its users. */
export class HttpSampler implements OpenSampler<HttpConfig> {
  readonly #readBytes: OpenOptions['readBytes'];
  readonly #users = new Map<UserHandle, Holdings>();
  readonly #shared: Idle = new Map();
  readonly #connections = new Set<Connection>();
  readonly #kinds: ConnectionKinds;
  readonly #names: NameCache = new Map();
  #isClosed = false;

  constructor({ readBytes, proxies }: Pick<OpenOptions, 'readBytes' | 'proxies'>) {
    this.#readBytes = readBytes;
    this.#kinds = new ConnectionKinds(readBytes, proxyRoutes(proxies));
  }

  async perform(config: HttpConfig, context: SampleContext): Promise<Outcome | null> {
    const { shown } = context;
    const request =
      shown === undefined ? requestOf(config, this.#readBytes) : this.#toldRequest(config, shown);
    if ('cause' in request) return failed(request);
    const kind = this.#kinds.of(config);
    if ('mistake' in kind) return failed(unusable(request, kind));
    const keepsBody = context.keepBody ? keepsAll : keepsNone;
    const startMs = performance.now();
    const totalAtMs = config.timeout === 0 ? Infinity : startMs + config.timeout;
    const onlyShown = context.onlyShown === true;
    const operation = { config, context, keepsBody, onlyShown, kind, startMs, totalAtMs };
    const holdings = this.#holdingsOf(context.user);
    if (asksForMore(config)) {
      const send = (next: HttpRequest, part: Operation) => this.#send(next, part, holdings);
      return performMore(request, operation, { holdings, send });
    }
    const answer = await this.#send(request, operation, holdings);
    if (!leadsOn(answer, config)) return withContent(outcomeOf(answer), answer, operation);
    const last = await follow(answer, operation, (next, part) => this.#send(next, part, holdings));
    return withContent(last.outcome, last.answer, operation);
  }

  /** The engine renders both from the same configuration. */
  #toldRequest(config: HttpConfig, shown: unknown): HttpRequest | Fault {
    const told = typeof shown === 'object' ? { ...config, ...shown } : config;
    return toldRequestOf(config, told, this.#readBytes);
  }

  deadlineMs({ timeout }: HttpConfig): number {
    return timeout === 0 ? Infinity : timeout;
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
    if (request.auth === null && operation.config.cache === undefined) {
      return this.#exchange(request, operation, holdings);
    }
    return sendMore(request, operation.config, holdings, (next) => this.#exchange(next, operation, holdings));
  }

  /** `fresh`: over a new connection. */
  #exchange(request: HttpRequest, operation: Operation, holdings: Holdings, fresh = false): Promise<Answer> {
    const { config, kind } = operation;
    const { origin } = request.target;
    const idle = config.connections === 'shared' ? this.#shared : holdings.idle;
    const key = kind.key === '' ? origin.name : `${origin.name} ${kind.key}`;
    const unused = fresh ? undefined : idle.get(key)?.pop();
    const connection = unused ?? this.#connect(origin, kind, holdings);
    const keeps = keepsCookies(config.cookies);
    const cookie = cookieFor(request, keeps ? holdings.cookies : null);
    return new Promise((resolve) => {
      new Exchange(request, operation, connection, cookie, (answer) => {
        if (answer.fault === null) this.#giveBack(connection, idle, key, holdings);
        if (keeps) storeCookies(answer, holdings, isLenient(config.cookies));
        if (answer.isStale && this.#mayAskAgain(request, config, holdings)) {
          resolve(this.#askAgain(answer, operation, holdings));
        } else resolve(answer);
      }).start();
    });
  }

  /** Only what is safe may be done twice (RFC 9110 §9.2.1). */
  #mayAskAgain({ method }: HttpRequest, { staleRetry }: HttpConfig, { hasEnded }: Holdings): boolean {
    return staleRetry && safeMethods.has(method) && !this.#isClosed && !hasEnded;
  }

  /** Once more, on a connection that nobody can have closed yet. The time of both tries is the sample's. */
  async #askAgain(first: Answer, operation: Operation, holdings: Holdings): Promise<Answer> {
    operation.context.staleReuse?.();
    const again = { ...operation, startMs: performance.now() };
    return withBytesOf(first, await this.#exchange(first.request, again, holdings, true));
  }

  #connect(origin: Origin, kind: ConnectionKind, holdings: Holdings): Connection {
    if (kind.dnsCache === 'user') holdings.names ??= new Map();
    const names = kind.dnsCache === 'user' ? holdings.names : kind.dnsCache === 'worker' ? this.#names : null;
    const onDestroy = () => this.#connections.delete(connection);
    const connection = new Connection({ origin, kind, names, onDestroy });
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
    const holdings = newHoldings(user);
    this.#users.set(user, holdings);
    return holdings;
  }
}

function unusable({ target }: HttpRequest, { mistake }: BadOption): Fault {
  return faultOf('request.invalid', circumstances(target.origin.host, mistake));
}

function cookieFor({ target, headers }: HttpRequest, cookies: Cookies | null): string {
  return cookies === null ? headers.cookie : cookies.header(urlOf(target), headers.cookie);
}

function storeCookies({ headers, request }: Answer, holdings: Holdings, lenient: boolean): void {
  const setCookies = findHeaders(headers, 'set-cookie');
  if (setCookies.length === 0) return;
  holdings.cookies ??= new Cookies();
  holdings.cookies.store(urlOf(request.target), setCookies, lenient);
}
