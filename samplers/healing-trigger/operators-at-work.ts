import type { Outcome } from '../../engine/model/sample.ts';
import { nothingAsked } from '../../engine/model/asked.ts';
import type {
  Keep,
  OpenOptions,
  OpenSampler,
  SampleContext,
  UserHandle,
} from '../../engine/model/sampler.ts';
import { formatMs } from '../../engine/model/units.ts';
import { operationsOf } from './check.ts';
import { withIdInside } from './issue-id.ts';
import { operatorOf, operators } from './operations.ts';

/** What an operation is performed under. */
export interface Circumstances {
  readonly withinMs: number;
  /** Takes the place of `{issueId}`. */
  readonly issueId: string | undefined;
  /** What of the request and the answer somebody wants to see, besides the body; null: nothing. */
  readonly keep: Keep | null;
  /** Called when what is sent has been made: before that nothing is measured. */
  readonly ready?: () => void;
}

/** The samplers of one worker that perform operations of healing triggers; each is opened when it is first needed. */
export class OperatorsAtWork {
  readonly #options: OpenOptions;
  readonly #opened = new Map<string, Promise<OpenSampler>>();
  readonly #ready = new Set<OpenSampler>();

  constructor(options: OpenOptions) {
    this.#options = options;
  }

  /** Performs an operation and keeps its answer; null when there was nothing to do. What it throws is the caller's. */
  async perform(
    operation: object,
    user: UserHandle,
    { withinMs, issueId, keep, ready }: Circumstances,
  ): Promise<Outcome | null> {
    const found = operatorOf(operation);
    if (found === null) throw new Error('an operation without a sampler');
    const [kind, config] = found;
    const sampler = await this.#open(kind);
    const identified = issueId === undefined ? config : withIdInside(config, issueId);
    const asked = shortened(identified, withinMs);
    const longestMs = sampler.deadlineMs(asked) + (sampler.preparesWithinMs?.(asked) ?? 0) + graceMs;
    return within(longestMs, sampler.perform(asked, contextFor(user, keep, ready)));
  }

  endUser(user: UserHandle): void {
    for (const sampler of this.#ready) sampler.endUser?.(user);
  }

  abort(): void {
    for (const sampler of this.#ready) sampler.abort?.();
  }

  async close(): Promise<void> {
    await Promise.all([...this.#ready].map((sampler) => sampler.close()));
  }

  #open(kind: string): Promise<OpenSampler> {
    let opened = this.#opened.get(kind);
    if (opened === undefined) this.#opened.set(kind, (opened = this.#opening(kind)));
    return opened;
  }

  async #opening(kind: string): Promise<OpenSampler> {
    const operator = operators.get(kind);
    if (operator === undefined) throw new Error(`unknown sampler ${kind}`);
    const all = this.#options.known.flatMap(operationsOf);
    const known = all.flatMap(({ sampler, config }) => (sampler.kind === kind ? [config] : []));
    const sampler = await operator.open({ ...this.#options, known, asked: nothingAsked });
    this.#ready.add(sampler);
    return sampler;
  }
}

/** So that an operation's own limit, which says more, comes first. */
const graceMs = 500;

/** What is asked, unless its sampler has lost it. */
async function within<T>(ms: number, asked: Promise<T>): Promise<T> {
  if (ms === Infinity) return asked;
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_, reject) => {
    const text = `the operation did not end within ${formatMs(ms)}`;
    timer = setTimeout(() => reject(new Error(text)), ms);
  });
  try {
    return await Promise.race([asked, over]);
  } finally {
    clearTimeout(timer);
  }
}

/** An operation may take no longer than is left to wait. */
function shortened(
  config: Readonly<Record<string, unknown>>,
  withinMs: number,
): Readonly<Record<string, unknown>> {
  const own = config['timeout'];
  const timeout = typeof own === 'number' && own > 0 ? Math.min(own, withinMs) : withinMs;
  return typeof own === 'number' ? { ...config, timeout: Math.max(1, timeout) } : config;
}

/** Its times are those of the operation's answer alone: the trigger has parts of its own. */
function contextFor(
  user: UserHandle,
  keep: Keep | null,
  ready: SampleContext['ready'] = () => undefined,
): SampleContext {
  const nothing = () => undefined;
  return {
    user,
    keepBody: true,
    keepHeaders: keep?.keepHeaders ?? false,
    keepRequest: keep?.keepRequest ?? false,
    keepOfParts: null,
    connected: nothing,
    firstByte: nothing,
    ready,
    done: nothing,
    part: nothing,
    begin: () => ({ connected: nothing, firstByte: nothing, end: nothing }),
  };
}
