import type { ReadBytes } from '../../engine/model/ports.ts';
import type { OpenOptions } from '../../engine/model/sampler.ts';
import { proxyRoutes } from '../http/environment-proxies.ts';
import type { Surroundings } from './find-credentials.ts';
import { Session, type SessionClock } from './session.ts';
import type { CredentialChoice } from './target.ts';

/** The longest wait that Node's timers know. */
const longestMs = 2 ** 31 - 1;

const systemClock: SessionClock = {
  nowEpochMs: () => performance.timeOrigin + performance.now(),
  later: (ms, act) => void setTimeout(act, Math.min(ms, longestMs)).unref(),
};

/** Who asks, one session for each choice of credentials. */
export class Sessions {
  readonly #where: Surroundings;
  readonly #clock: SessionClock;
  readonly #sessions = new Map<string, Session>();

  constructor(
    read: ReadBytes,
    environment: NodeJS.ProcessEnv = process.env,
    clock: SessionClock = systemClock,
    proxies: OpenOptions['proxies'] = null,
  ) {
    this.#where = { read, environment, proxyFor: proxyRoutes(proxies) };
    this.#clock = clock;
  }

  /** Null: nobody is told who asks. */
  of(choice: CredentialChoice | null): Session | null {
    if (choice === null) return null;
    const key = `${choice.keyFile}\n${choice.impersonate}\n${choice.quotaProject}`;
    let session = this.#sessions.get(key);
    if (session === undefined) {
      session = new Session(choice, this.#where, this.#clock);
      this.#sessions.set(key, session);
    }
    return session;
  }

  /** Fetches tokens ahead of the first sample. What fails is told by the samples. */
  async warmUp(choices: readonly (CredentialChoice | null)[]): Promise<void> {
    await Promise.allSettled(choices.flatMap((choice) => this.of(choice)?.waitedFor() ?? []));
  }
}

const ofWorkers = new WeakMap<ReadBytes, Sessions>();

/** Those that all samplers of a worker share: they are given the same way to read files. */
export function sessionsOf(read: ReadBytes, proxies: OpenOptions['proxies'] = null): Sessions {
  let sessions = ofWorkers.get(read);
  if (sessions === undefined) {
    sessions = new Sessions(read, process.env, systemClock, proxies);
    ofWorkers.set(read, sessions);
  }
  return sessions;
}
