import type { Infer } from '../../engine/model/json-schema.ts';

const options = {
  type: 'object',
  description: 'How to.',
  additionalProperties: false,
  properties: {
    useExpires: {
      type: 'boolean',
      description:
        'Whether Cache-Control and Expires may spare a request. Not set: true. With false an answer known is asked for with ' +
        'If-None-Match and If-Modified-Since each time.',
      examples: [false],
    },
    onHit: {
      enum: ['noSample', 'sample'],
      description:
        'What a request that was spared leaves. Not set or `noSample`: nothing, as in JMeter; extractors and assertions do not run. ' +
        '`sample`: a success without a body, code 200 and message "(ex cache)".',
      examples: ['sample'],
    },
    maxEntries: {
      type: 'integer',
      minimum: 1,
      description: 'Answers remembered for each user; the longest unused go first. Not set: 5000.',
      examples: [100],
    },
    clearEachIteration: {
      type: 'boolean',
      description: 'Forget all at the start of each iteration of the thread group. Not set: false.',
      examples: [true],
    },
  },
} as const;

/** What an author may say of the response cache. */
export const cacheSchema = {
  description:
    'Remember for each user which answers to GET are still good (not their bodies), as a browser does: JMeter’s HTTP Cache Manager. ' +
    'Not set: false.',
  anyOf: [{ type: 'boolean', description: 'Whether to.' }, options],
  examples: [true, { clearEachIteration: true }],
} as const;

export type CacheOptions = Infer<typeof options>;

const plain: CacheOptions = {};

/** How a request uses the cache; null when it does not. */
export function cacheOf(cache: Infer<typeof cacheSchema> | undefined): CacheOptions | null {
  if (cache === undefined || cache === false) return null;
  return cache === true ? plain : cache;
}
