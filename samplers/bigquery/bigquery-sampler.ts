import type { BigQuery } from '@google-cloud/bigquery';
import { messageOf } from '../../engine/model/errors.ts';
import type { Outcome } from '../../engine/model/sample.ts';
import type { OpenOptions, OpenSampler, SampleContext } from '../../engine/model/sampler.ts';
import { formatMs } from '../../engine/model/units.ts';
import { CredentialsError } from '../google/find-credentials.ts';
import { TransportFailure } from '../google/failure.ts';
import { knownTargets } from '../google/preflight.ts';
import { Deadline } from '../google/deadline.ts';
import type { Pause } from '../google/passing.ts';
import { sessionsOf, type Sessions } from '../google/sessions.ts';
import { tokenTimeoutMs } from '../google/sign-in.ts';
import { emulatorMistake, targetOf, type Target } from '../google/target.ts';
import { fault } from '../http/fault.ts';
import { AskedFacts } from './asked-facts.ts';
import { Clients, type Library } from './client.ts';
import { Exchange } from './exchange.ts';
import { GeneratedData, isMade, type Generated } from './generated.ts';
import { factsOf, withFacts } from './job-facts.ts';
import type { Operation } from './operation.ts';
import { jobStateRequest } from './query-requests.ts';
import { realEndpoint } from './real-endpoint.ts';
import { failed, succeeded } from './outcome.ts';
import { perform } from './perform.ts';
import type { Result } from './result.ts';
import type { BigQueryConfig } from './schema.ts';
import { proxyRoutes } from '../http/environment-proxies.ts';
import { Transport, type ClientRequest } from './transport.ts';

/** How long what is asked beside a sample may take: its statistics, and that its job be cancelled. */
const besideMs = 5000;
/** How long the data of a sample may take to be made. */
const longestMakingMs = 3_600_000;

/** What tests replace. */
export interface Joints {
  readonly sessions?: Sessions;
  readonly pause?: Pause;
  readonly targetOf?: (config: BigQueryConfig) => Target;
}

/** BigQuery in one worker: its connections and tokens, shared by all its users. */
export class BigQuerySampler implements OpenSampler<BigQueryConfig> {
  readonly #library: Library;
  readonly #asked: AskedFacts;
  readonly #clients: Clients;
  readonly #readBytes: OpenOptions['readBytes'];
  readonly #sessions: Sessions;
  readonly #data = new GeneratedData();
  readonly #targetOf: (config: BigQueryConfig) => Target;
  readonly #transport: Transport;
  #last: { readonly config: BigQueryConfig; readonly target: Target } | null = null;
  readonly #underWay = new Set<AbortController>();
  readonly #beside = new Set<Promise<unknown>>();

  constructor(
    library: Library,
    { readBytes, proxies, asked }: Pick<OpenOptions, 'readBytes' | 'proxies' | 'asked'>,
    { sessions = sessionsOf(readBytes, proxies), pause, targetOf: ofTests = targetOf }: Joints = {},
  ) {
    this.#library = library;
    this.#asked = new AskedFacts(asked);
    this.#clients = new Clients(library);
    this.#readBytes = readBytes;
    this.#sessions = sessions;
    this.#targetOf = ofTests;
    this.#transport = new Transport(pause, proxyRoutes(proxies));
  }

  /** Fetches tokens, so that no first sample waits for one. */
  async warmUp(known: OpenOptions['known']): Promise<void> {
    await this.#sessions.warmUp(knownTargets(known).map(({ credentials }) => credentials));
  }

  async perform(config: BigQueryConfig, context: SampleContext): Promise<Outcome> {
    const end = new AbortController();
    const deadline = new Deadline(() => end.abort(timedOut(config)));
    this.#underWay.add(end);
    const exchange = this.#exchange(config, context, { signal: end.signal, deadline });
    let startMs = performance.now();
    const done = () => {
      deadline.clear();
      context.done();
      return performance.now() - startMs;
    };
    let generated: Generated | null = null;
    try {
      this.#checkEnvironment(config);
      generated = await this.#prepared(config, exchange, context);
      startMs = performance.now();
      deadline.within(config.timeout);
      const operation = this.#operation({ config, context, exchange, generated, done });
      const result = await perform(operation);
      return succeeded(await this.#withStatistics(result, operation), operation);
    } catch (error) {
      done();
      const told = end.signal.aborted ? await this.#givenUp(end.signal.reason, config, exchange) : error;
      return failed(told, { config, exchange, context });
    } finally {
      deadline.clear();
      generated?.release();
      this.#underWay.delete(end);
    }
  }

  /** Most samples go where the last one went. */
  #targetFor(config: BigQueryConfig): Target {
    const last = this.#last;
    const isSame = (key: 'endpoint' | 'credentials') => last?.config[key] === config[key];
    if (last !== null && isSame('endpoint') && isSame('credentials')) return last.target;
    const target = this.#targetOf(config);
    this.#last = { config, target };
    return target;
  }

  #checkEnvironment(config: BigQueryConfig): void {
    const astray = emulatorMistake(this.#targetFor(config), 'BIGQUERY_EMULATOR_HOST', process.env);
    if (astray !== null) throw new CredentialsError(astray);
  }

  /** What is sent, and who asks: both are there before the time of the sample begins. */
  async #prepared(
    config: BigQueryConfig,
    { session, signal }: Exchange,
    context: SampleContext,
  ): Promise<Generated | null> {
    const isWaiting = session !== null && session.headers === null;
    const isMaking = isMade(config);
    if (!isWaiting && !isMaking) return null;
    try {
      if (isWaiting) await session.waitedFor();
      const generated = isMaking ? await this.#data.of(config) : null;
      signal.throwIfAborted();
      return generated;
    } finally {
      context.ready();
    }
  }

  deadlineMs({ timeout }: BigQueryConfig): number {
    return timeout + besideMs;
  }

  /** Data that are made for it, and a token. */
  preparesWithinMs(config: BigQueryConfig): number {
    const tokenMs = this.#targetFor(config).credentials === null ? 0 : tokenTimeoutMs;
    return isMade(config) ? longestMakingMs + tokenMs : tokenMs;
  }

  endsWithinMs(): number {
    return besideMs;
  }

  abort(): void {
    for (const end of this.#underWay) end.abort(interrupted());
  }

  async close(): Promise<void> {
    this.abort();
    await Promise.allSettled(this.#beside);
    await this.#transport.close();
    this.#data.close();
  }

  #exchange(
    config: BigQueryConfig,
    context: Pick<SampleContext, 'connected' | 'firstByte' | 'idle'>,
    { signal, deadline }: { readonly signal: AbortSignal; readonly deadline: Deadline | null },
  ): Exchange {
    const session = this.#sessions.of(this.#targetFor(config).credentials);
    const aside = async <T>(work: Promise<T>): Promise<T> => {
      const goOn = context.idle?.();
      try {
        return await (deadline?.waitFor(work) ?? work);
      } finally {
        goOn?.();
      }
    };
    return new Exchange({ context, signal, retries: config.retries, session, aside });
  }

  #operation(given: Pick<Operation, 'config' | 'context' | 'exchange' | 'generated' | 'done'>): Operation {
    const { config, exchange } = given;
    if ((config.project ?? '') === '')
      throw new Error('project is empty: it must be the id of a project of Google Cloud');
    return {
      ...given,
      readBytes: this.#readBytes,
      library: this.#library,
      origin: this.#originOf(config),
      send: (request) => this.#sent(request, exchange),
      client: () => this.#client(config, exchange),
    };
  }

  #originOf(config: BigQueryConfig): string {
    return this.#targetFor(config).endpoint ?? realEndpoint;
  }

  async #sent(request: ClientRequest, exchange: Exchange): Promise<unknown> {
    return (await this.#transport.send(request, exchange)).body;
  }

  #client(config: BigQueryConfig, exchange: Exchange): BigQuery {
    const { project = '', location = '' } = config;
    const options = { project, endpoint: this.#targetFor(config).endpoint, location };
    return this.#clients.of(options, { transport: this.#transport, exchange });
  }

  /** Asks, once the sample's time has ended, for what somebody wants to know of the job and the answer has not told. */
  async #withStatistics(result: Result, { config }: Operation): Promise<Result> {
    const { jobId, location } = result.facts;
    const isQuery = config.query !== undefined || config.file !== undefined;
    if (config.dryRun || !isQuery || jobId === undefined) return result;
    if (!this.#asked.areMissing(result.facts, config)) return result;
    try {
      const request = jobStateRequest({ config, origin: this.#originOf(config) }, { jobId, location });
      const job = await this.#asideOf(config, (exchange) => this.#sent(request, exchange));
      return { ...result, facts: withFacts(result.facts, factsOf(job)) };
    } catch (error) {
      return { ...result, undone: messageOf(error) };
    }
  }

  /** Cancels the job of a sample that is given up, and says what became of it. */
  async #givenUp(reason: unknown, config: BigQueryConfig, { job }: Exchange): Promise<unknown> {
    if (job === null || !(reason instanceof TransportFailure)) return reason;
    const { id, location } = job;
    const fate = await this.#asideOf(config, (exchange) =>
      this.#client(config, exchange)
        .job(id, location === '' ? {} : { location })
        .cancel(),
    ).then(
      () => 'was cancelled',
      (error: unknown) => `could not be cancelled: ${messageOf(error)}`,
    );
    const { fault: given } = reason;
    return new TransportFailure({ ...given, failure: `${given.failure} Job ${id} ${fate}.` });
  }

  /** A request that belongs to no sample's time or bytes. */
  #asideOf<T>(config: BigQueryConfig, act: (exchange: Exchange) => Promise<T>): Promise<T> {
    const nobody = { connected: () => undefined, firstByte: () => undefined };
    const exchange = this.#exchange(config, nobody, {
      signal: AbortSignal.timeout(besideMs),
      deadline: null,
    });
    const asked = act(exchange);
    this.#beside.add(asked);
    const over = () => this.#beside.delete(asked);
    asked.then(over, over);
    return asked;
  }
}

function timedOut(config: BigQueryConfig): TransportFailure {
  const { endpoint } = targetOf(config);
  const host = endpoint === null ? 'BigQuery' : new URL(endpoint).host;
  return new TransportFailure(
    fault('timeout.total', {
      exception: 'java.net.SocketTimeoutException',
      message: 'Read timed out',
      sentence: `the operation on ${host} was not over within ${formatMs(config.timeout)}`,
    }),
  );
}

function interrupted(): TransportFailure {
  return new TransportFailure(
    fault('interrupted', {
      exception: 'org.apache.http.impl.execchain.RequestAbortedException',
      message: 'Request aborted',
      sentence: 'the run stopped this operation',
    }),
  );
}
