import type { Answer } from '../element.ts';
import { applyToSchema } from '../apply-to.ts';
import { defineAssertion } from '../element.ts';
import { messageSchema, notSchema } from './text-options.ts';

/**
 * `{ size: { atLeast: 1 } }`: how many bytes the answer has (`SizeAssertion.java`).
 *
 * `all` is JMeter's default: what came over the network, headers included, compressed or not.
 */
export const size = defineAssertion({
  kind: 'size',
  jmeter: 'Size Assertion',
  example: `
- get: /health
  assert:
    - size: { atLeast: 1, atMost: 65536 } # bytes of the body
`,
  reads: ['body', 'headers'],
  schema: {
    type: 'object',
    description: 'How many bytes the answer must have.',
    additionalProperties: false,
    required: ['size'],
    properties: {
      size: {
        type: 'object',
        description: 'The limits, in bytes.',
        examples: [{ atLeast: 1, atMost: 65536 }],
        additionalProperties: false,
        minProperties: 1,
        properties: {
          atLeast: limit('The least number of bytes.', 1),
          atMost: limit('The greatest number of bytes.', 65536),
          equals: limit('The number of bytes.', 512),
        },
      },
      of: {
        enum: ['body', 'headers', 'all', 'code', 'message'],
        default: 'body',
        description: 'What is measured: the body is decompressed, `all` is as it came over the network.',
        examples: ['all'],
      },
      ...applyToSchema,
      ...notSchema,
      ...messageSchema,
    },
  },
  build: (config) => (answer, user) => {
    const { size: limits, of, not, message } = config.render(user);
    const bytes = measured(answer, of);
    const { atLeast = 0, atMost = Infinity, equals = bytes } = limits;
    const holds = bytes >= atLeast && bytes <= atMost && bytes === equals;
    if (holds !== not) return null;
    return message ?? `expected ${names[of]} ${not ? 'not ' : ''}to have ${wanted(limits)}, found ${bytes}`;
  },
});

function limit<const E extends number>(description: string, example: E) {
  return { type: 'integer', minimum: 0, description, examples: [example] } as const;
}

const names = {
  body: 'the body',
  headers: 'the headers',
  all: 'the answer',
  code: 'the code',
  message: 'the message',
} as const;

function measured(answer: Answer, part: keyof typeof names): number {
  switch (part) {
    case 'body':
      return answer.bodyBytes;
    case 'headers':
      return headerBytes(answer.headersText());
    case 'all':
      return answer.bytesReceived;
    case 'code':
      return answer.code.length;
    case 'message':
      return answer.message.length;
  }
}

/** On the wire each line ends with two characters, and an empty line comes last. */
function headerBytes(text: string): number {
  return text.length + text.split('\n').length - 1 + 2;
}

interface Limits {
  readonly atLeast?: number;
  readonly atMost?: number;
  readonly equals?: number;
}

function wanted({ atLeast, atMost, equals }: Limits): string {
  const limits = [
    equals === undefined ? '' : String(equals),
    atLeast === undefined ? '' : `at least ${atLeast}`,
    atMost === undefined ? '' : `at most ${atMost}`,
  ];
  return `${limits.filter(Boolean).join(' and ')} bytes`;
}
