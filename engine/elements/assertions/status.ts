import { applyToSchema } from '../apply-to.ts';
import { defineAssertion } from '../element.ts';
import { listed, statusMatcher } from '../status.ts';

const code = {
  type: ['integer', 'string'],
  pattern: '^[1-9x][0-9x]{2}$',
  minimum: 100,
  maximum: 999,
  examples: [200, '2xx'],
} as const;

/** `{ status: [200, 404] }`: the answer's code is one of these. `expect` decides success; this adds to it. */
export const status = defineAssertion({
  kind: 'status',
  jmeter: 'Response Assertion',
  example: `
- get: /health
  assert:
    - status: [200, 204]
`,
  reads: [],
  schema: {
    type: 'object',
    description: 'The status of the answer.',
    additionalProperties: false,
    required: ['status'],
    properties: {
      status: {
        anyOf: [code, { type: 'array', items: code, minItems: 1 }],
        literal: true,
        description: 'One code or several; `x` stands for any digit.',
        examples: [200, [200, 404], '2xx'],
      },
      ...applyToSchema,
    },
  },
  build(config) {
    // The whole schema is literal: every call renders the same object.
    let last: {
      readonly of: object;
      readonly codes: string[];
      readonly matches: (code: string) => boolean;
    } | null = null;
    return (answer, user) => {
      const whole = config.render(user);
      if (last?.of !== whole) {
        const codes = [whole.status].flat().map(String);
        last = { of: whole, codes, matches: statusMatcher(codes) };
      }
      return last.matches(answer.code) ? null : `expected status ${listed(last.codes)}, found ${answer.code}`;
    };
  },
});
