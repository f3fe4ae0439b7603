import { applyToSchema } from '../apply-to.ts';
import { defineAssertion } from '../element.ts';
import { shown } from '../shown.ts';
import { sourceSchema } from '../source.ts';
import { messageSchema, notSchema } from './text-options.ts';

/**
 * `{ hash: sha256, equals: 9f86d0… }`: the digest of the body (`MD5HexAssertion.java`).
 *
 * Of the body's bytes, decompressed; of a variable's text as UTF-8.
 */
export const hash = defineAssertion({
  kind: 'hash',
  jmeter: 'MD5Hex Assertion',
  example: `
- set: { text: abc }
- get: /health
  assert:
    - hash: md5
      equals: 900150983cd24fb0d6963f7d28e17f72
      source: text # without it: the body
`,
  reads: ['body'],
  schema: {
    type: 'object',
    description: 'The digest that the body must have.',
    additionalProperties: false,
    required: ['hash', 'equals'],
    properties: {
      hash: {
        enum: ['md5', 'sha1', 'sha256', 'sha384', 'sha512'],
        description: 'How it is made.',
        examples: ['sha256'],
      },
      equals: {
        type: 'string',
        minLength: 1,
        description: 'The digest in hexadecimal digits.',
        examples: ['9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'],
      },
      ...notSchema,
      ...applyToSchema,
      ...sourceSchema,
      ...messageSchema,
    },
  },
  check: ({ hash: algorithm, equals }) => digestMistake(String(algorithm), String(equals)),
  build(config) {
    return (answer, user) => {
      const { hash: algorithm, equals, not, source, message } = config.render(user);
      const content = source === undefined ? answer.bytes() : (user.get(source) ?? '');
      const found = user.host.digest(javaNames[algorithm], content);
      if ((found === equals.trim().toLowerCase()) !== not) return null;
      return (
        message ??
        `expected the ${algorithm} ${not ? 'not ' : ''}to be ${shown(equals)}, found ${shown(found)}`
      );
    };
  },
});

const javaNames = {
  md5: 'MD5',
  sha1: 'SHA-1',
  sha256: 'SHA-256',
  sha384: 'SHA-384',
  sha512: 'SHA-512',
} as const;

const digestLengths: Readonly<Record<string, number>> = {
  md5: 32,
  sha1: 40,
  sha256: 64,
  sha384: 96,
  sha512: 128,
};

function digestMistake(algorithm: string, digest: string): string | null {
  const length = digestLengths[algorithm];
  if (length === undefined || digest.includes('${')) return null;
  if (digest.trim().length === length && /^[\da-f\s]+$/i.test(digest)) return null;
  return `a digest of ${algorithm} has ${length} hexadecimal digits, found ${shown(digest)}`;
}
