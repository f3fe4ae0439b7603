import type { JsonSchema } from './json-schema.ts';
import type { Random } from './ports.ts';

/** A bag of texts, such as ids, that users fill and draw from. Each call is one step that nobody else comes between. */
export interface Pool {
  readonly size: number;
  /** Adds at the end, without empty texts; past its limit the oldest give way. */
  append(texts: readonly string[]): void;
  /** Takes these for what was in it. */
  replace(texts: readonly string[]): void;
  /** Takes out every entry with this text. */
  remove(text: string): void;
  clear(): void;
  /** So many different entries, or as many as there are, in the order in which they were drawn; `take` removes them. */
  draw(count: number, mode: 'pick' | 'take', random: Random): string[];
}

/** A pool as the plan declares it. Plain data. */
export interface CompiledPool {
  readonly name: string;
  readonly share: 'user' | 'all';
  readonly max: number;
  readonly unique: boolean;
  /** UTF-8 bytes that an entry may have at most, where all share; the memory is laid out before the run. */
  readonly entryBytes: number;
  readonly values: readonly string[];
}

/** A pool as it is written. */
export const poolSchema = {
  type: 'object',
  additionalProperties: false,
  description: 'A bag of texts, such as ids, that steps fill and draw from.',
  properties: {
    share: {
      enum: ['user', 'all'],
      literal: true,
      default: 'user',
      description: 'Whether each user has a pool of its own, or all users of all workers share one.',
      examples: ['all'],
    },
    max: {
      type: 'integer',
      minimum: 1,
      maximum: 1_000_000,
      default: 1000,
      description: 'How many entries it holds; past that the oldest give way.',
      examples: [100],
    },
    unique: {
      type: 'boolean',
      default: true,
      description: 'Whether an entry that is in it already is not added again.',
      examples: [false],
    },
    entryBytes: {
      type: 'integer',
      minimum: 1,
      maximum: 65_536,
      default: 256,
      description: 'With share: all, how many bytes of UTF-8 an entry may have; a longer one is an error.',
      examples: [1024],
    },
    values: {
      type: 'array',
      default: [],
      description: 'What it holds at the start.',
      examples: [['src-1', 'src-2']],
      items: { type: ['string', 'number', 'boolean'] },
    },
  },
} as const satisfies JsonSchema;
