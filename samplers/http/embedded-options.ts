import { messageOf } from '../../engine/model/errors.ts';
import type { Infer } from '../../engine/model/json-schema.ts';

const options = {
  type: 'object',
  description: 'How to.',
  additionalProperties: false,
  properties: {
    include: {
      type: 'string',
      description: 'A regular expression that the whole URL must match. Not set: any URL.',
      examples: ['https://static\\.example\\.com/.*'],
    },
    exclude: {
      type: 'string',
      description: 'A regular expression; a URL that matches it as a whole is left out. Not set: none is.',
      examples: ['.*/analytics/.*'],
    },
    parallel: {
      type: 'integer',
      minimum: 1,
      maximum: 100,
      description: 'Downloads of one sample at a time. Not set: 6.',
      examples: [2],
    },
    ignoreFailures: {
      type: 'boolean',
      description: 'Whether the sample is a success although a resource failed. Not set: false.',
      examples: [true],
    },
  },
} as const;

/** What an author may say of embedded resources. */
export const embeddedSchema = {
  description:
    'Load what a page needs to be shown: images, scripts, style sheets, frames and what those ask for, five levels deep, each URL once. ' +
    'The page and each resource become sub-samples; the sample lasts until all are there and fails when one fails. Not set: false.',
  anyOf: [{ type: 'boolean', description: 'Whether to.' }, options],
  examples: [true, { exclude: '.*/analytics/.*', parallel: 2 }],
} as const;

export type EmbeddedOptions = Infer<typeof options>;

const plain: EmbeddedOptions = {};

/** How a request loads embedded resources; null when it does not. */
export function embeddedOf(embedded: Infer<typeof embeddedSchema> | undefined): EmbeddedOptions | null {
  if (embedded === undefined || embedded === false) return null;
  return embedded === true ? plain : embedded;
}

/** A pattern that a whole URL is held against. Throws a `SyntaxError`. */
export function urlPattern(text: string): RegExp {
  return new RegExp(`^(?:${text})$`, 's');
}

/** What is wrong with the patterns, or null; one with a template is only known while the plan runs. */
export function embeddedMistake(written: unknown): string | null {
  const patterns = typeof written === 'object' && written !== null ? Object.entries(written) : [];
  for (const [key, text] of patterns) {
    if ((key !== 'include' && key !== 'exclude') || typeof text !== 'string' || text.includes('${')) continue;
    try {
      urlPattern(text);
    } catch (error) {
      return `embedded.${key} is not a regular expression: ${messageOf(error)}`;
    }
  }
  return null;
}
