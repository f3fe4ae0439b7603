import { nothingAsked, type Asked } from '../../../engine/model/asked.ts';
import type { Outcome } from '../../../engine/model/sample.ts';
import type { Keep, SampleContext, UserHandle } from '../../../engine/model/sampler.ts';
import { loadLibrary } from '../client.ts';
import { BigQuerySampler, type Joints } from '../bigquery-sampler.ts';
import type { BigQueryConfig } from '../schema.ts';

const user: UserHandle = { threadName: 'Users 1-1', iteration: 0 };
export const everything: Keep = { keepBody: true, keepHeaders: true, keepRequest: true };
export const nothing: Keep = { keepBody: false, keepHeaders: false, keepRequest: false };

/** A configuration as the engine renders it: defaults filled in. */
export function configured(config: Partial<BigQueryConfig>): BigQueryConfig {
  return {
    project: 'test-project',
    dryRun: false,
    useQueryCache: true,
    priority: 'INTERACTIVE',
    api: 'query',
    fetch: 'all',
    resultHash: false,
    statistics: true,
    timeout: 30_000,
    retries: 0,
    ...config,
  };
}

/** What the sampler said, in order: `connected`, `firstByte`, `done`. */
export interface Seen {
  readonly outcome: Outcome;
  readonly said: readonly string[];
  /** From the start to the sampler's word that it is over. */
  readonly tookMs: number;
}

/** A sampler at work outside the engine. */
export class Stage {
  readonly sampler: BigQuerySampler;
  readonly #defaults: Partial<BigQueryConfig>;

  private constructor(sampler: BigQuerySampler, defaults: Partial<BigQueryConfig>) {
    this.sampler = sampler;
    this.#defaults = defaults;
  }

  static async open(
    defaults: Partial<BigQueryConfig>,
    readBytes: (path: string) => Uint8Array = () => {
      throw new Error('there is no plan');
    },
    { asked = nothingAsked, ...joints }: { readonly asked?: Asked } & Joints = {},
  ): Promise<Stage> {
    return new Stage(new BigQuerySampler(await loadLibrary(), { readBytes, asked }, joints), defaults);
  }

  async perform(config: Partial<BigQueryConfig>, keep: Keep = everything): Promise<Seen> {
    const said: string[] = [];
    const startMs = performance.now();
    let endMs = 0;
    const say = (word: string) => {
      if (!said.includes(word)) said.push(word);
    };
    const context: SampleContext = {
      ...keep,
      user,
      keepOfParts: null,
      connected: () => say('connected'),
      firstByte: () => say('firstByte'),
      ready: () => undefined,
      done: () => {
        endMs ||= performance.now();
        say('done');
      },
      part: () => undefined,
      begin: () => ({ connected: () => undefined, firstByte: () => undefined, end: () => undefined }),
    };
    const outcome = await this.sampler.perform(configured({ ...this.#defaults, ...config }), context);
    return { outcome, said, tookMs: (endMs || performance.now()) - startMs };
  }

  async close(): Promise<void> {
    await this.sampler.close();
  }
}

/** The body that extractors see. */
export function bodyOf({ outcome }: Seen): {
  rows?: Record<string, unknown>[];
  jobId?: string;
  resultHash?: string;
  writtenRows?: number;
  statistics: Record<string, unknown>;
} {
  return JSON.parse(new TextDecoder().decode(outcome.body)) as ReturnType<typeof bodyOf>;
}

/** A header of the answer. */
export function headerOf({ outcome }: Seen, name: string): string | undefined {
  return outcome.headers?.find(([one]) => one === name)?.[1];
}
