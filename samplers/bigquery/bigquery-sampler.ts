import type { BigQuery } from '@google-cloud/bigquery';
import { messageOf } from '../../engine/model/errors.ts';
import type { Outcome } from '../../engine/model/sample.ts';
import type { OpenOptions, OpenSampler, SampleContext } from '../../engine/model/sampler.ts';
import { formatMs } from '../../engine/model/units.ts';
import { CredentialsError } from '../google/find-credentials.ts';
import { TransportFailure } from '../google/failure.ts';
import { knownTargets } from '../google/preflight.ts';
import { Sessions } from '../google/sessions.ts';
import { emulatorMistake, targetOf } from '../google/target.ts';
import { fault } from '../http/fault.ts';
import { clientFor, type Library } from './client.ts';
import { Exchange } from './exchange.ts';
import { fileOf, GeneratedData, rowsOf } from './generated.ts';
import { factsOf, isComplete, withFacts } from './job-facts.ts';
import type { Operation } from './operation.ts';
import { failed, succeeded } from './outcome.ts';
import { perform } from './perform.ts';
import type { Result } from './result.ts';
import type { BigQueryConfig } from './schema.ts';
import { Transport } from './transport.ts';

/** How long what is asked beside a sample may take: its statistics, and that its job be cancelled. */
const besideMs = 5000;
/** How long the data of a sample may take to be made. */
const longestMakingMs = 3_600_000;

/** BigQuery in one worker: its connections and tokens, shared by all its users. */
export class BigQuerySampler implements OpenSampler<BigQueryConfig> {
  readonly #library: Library;
  readonly #readBytes: OpenOptions['readBytes'];
  readonly #sessions: Sessions;
  readonly #data = new GeneratedData();
  readonly #transport = new Transport();
  readonly #underWay = new Set<AbortController>();
  readonly #beside = new Set<Promise<unknown>>();

  constructor(library: Library, { readBytes }: Pick<OpenOptions, 'readBytes'>) {
    this.#library = library;
    this.#readBytes = readBytes;
    this.#sessions = new Sessions(readBytes);
  }

  /** Fetches tokens, so that no first sample waits for one. */
  async warmUp(known: OpenOptions['known']): Promise<void> {
    await this.#sessions.warmUp(knownTargets(known).map(({ credentials }) => credentials));
  }

  async perform(config: BigQueryConfig, context: SampleContext): Promise<Outcome> {
    const generated = await this.#data.of(config);
    if (generated !== null) context.ready();
    const end = new AbortController();
    this.#underWay.add(end);
    const deadline = setTimeout(() => end.abort(timedOut(config)), config.timeout);
    const startMs = performance.now();
    const exchange = this.#exchange(config, context, end.signal);
    const done = () => {
      clearTimeout(deadline);
      context.done();
      return performance.now() - startMs;
    };
    try {
      const client = this.#client(config, exchange);
      const operation = { config, context, client, exchange, generated, readBytes: this.#readBytes, done };
      const result = await perform(operation);
      return succeeded(await this.#withStatistics(result, operation), operation);
    } catch (error) {
      done();
      const told = end.signal.aborted ? await this.#givenUp(end.signal.reason, config, exchange) : error;
      return failed(told, { config, exchange, context });
    } finally {
      clearTimeout(deadline);
      this.#underWay.delete(end);
    }
  }

  deadlineMs({ timeout }: BigQueryConfig): number {
    return timeout + besideMs;
  }

  /** Data that are made for it. */
  preparesWithinMs({ load, insert }: BigQueryConfig): number {
    const isMade = (load && fileOf(load) !== null) || (insert && rowsOf(insert) !== null);
    return isMade === true ? longestMakingMs : 0;
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
  }

  #exchange(
    config: BigQueryConfig,
    context: Pick<SampleContext, 'connected' | 'firstByte'>,
    signal: AbortSignal,
  ): Exchange {
    const { credentials } = targetOf(config);
    return new Exchange({
      context,
      signal,
      retries: config.retries,
      authorization: () => this.#sessions.headers(credentials),
    });
  }

  #client(config: BigQueryConfig, exchange: Exchange): BigQuery {
    const target = targetOf(config);
    const astray = emulatorMistake(target, 'BIGQUERY_EMULATOR_HOST', process.env);
    if (astray !== null) throw new CredentialsError(astray);
    const { project = '', location = '' } = config;
    if (project === '') throw new Error('project is empty: it must be the id of a project of Google Cloud');
    const options = { project, endpoint: target.endpoint, location };
    return clientFor(this.#library, options, { transport: this.#transport, exchange });
  }

  /** Asks, once the sample's time has ended, for what the answer has not told of the job. */
  async #withStatistics(result: Result, { config }: Operation): Promise<Result> {
    const { jobId, location } = result.facts;
    const isQuery = config.query !== undefined || config.file !== undefined;
    if (!config.statistics || config.dryRun || !isQuery || jobId === undefined || isComplete(result.facts))
      return result;
    try {
      const asked: readonly unknown[] = await this.#asideOf(config, (client) =>
        client.job(jobId, location === undefined ? {} : { location }).getMetadata(),
      );
      return { ...result, facts: withFacts(result.facts, factsOf(asked[0])) };
    } catch (error) {
      return { ...result, undone: messageOf(error) };
    }
  }

  /** Cancels the job of a sample that is given up, and says what became of it. */
  async #givenUp(reason: unknown, config: BigQueryConfig, { job }: Exchange): Promise<unknown> {
    if (job === null || !(reason instanceof TransportFailure)) return reason;
    const { id, location } = job;
    const fate = await this.#asideOf(config, (client) =>
      client.job(id, location === '' ? {} : { location }).cancel(),
    ).then(
      () => 'was cancelled',
      (error: unknown) => `could not be cancelled: ${messageOf(error)}`,
    );
    const { fault: given } = reason;
    return new TransportFailure({ ...given, failure: `${given.failure} Job ${id} ${fate}.` });
  }

  /** A request that belongs to no sample's time or bytes. */
  #asideOf<T>(config: BigQueryConfig, act: (client: BigQuery) => Promise<T>): Promise<T> {
    const nobody = { connected: () => undefined, firstByte: () => undefined };
    const exchange = this.#exchange(config, nobody, AbortSignal.timeout(besideMs));
    const asked = act(this.#client(config, exchange));
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
