import { defineAssertion } from '../element.ts';
import { parsePattern } from '../../template/pattern.ts';
import { isFound } from '../../template/pattern-cost.ts';
import { patternMistake } from '../pattern.ts';
import { remembered } from '../../template/remembered.ts';
import { notSchema, textFailure, textOptionsSchema, textsSchema, textReads } from './text-options.ts';

/** `{ matches: 'id=\d+' }`: a pattern is found in the answer; with `whole`, it matches all of it (`ResponseAssertion.java`). */
export const matches = defineAssertion({
  kind: 'matches',
  jmeter: 'Response Assertion',
  example: `
- get: /healing/issues
  assert:
    - matches: '"status":\\s*"(open|resolved)"'
`,
  reads: textReads,
  schema: {
    type: 'object',
    description: 'A regular expression that must be found in the answer.',
    additionalProperties: false,
    required: ['matches'],
    properties: {
      matches: {
        ...textsSchema,
        description:
          "A regular expression in JavaScript's syntax, or several of which all must be found; (?i), (?s), (?m) may stand at the start.",
        examples: ['"id":\\d+', ['(?i)welcome', 'user-\\d+']],
      },
      whole: {
        type: 'boolean',
        default: false,
        description: "Whether all of the text must match, as in JMeter's Matches; else it is found anywhere.",
        examples: [true],
      },
      ...textOptionsSchema,
      ...notSchema,
    },
  },
  check: ({ matches: patterns }) =>
    [patterns]
      .flat()
      .map(patternMistake)
      .find((mistake) => mistake !== null) ?? null,
  build(config) {
    const found = remembered((text) => parsePattern(text));
    const whole = remembered((text) => parsePattern(text, { whole: true }));
    return (answer, user) => {
      const options = config.render(user);
      const patternOf = options.whole ? whole : found;
      const holds = (text: string, pattern: string) => isFound(patternOf(pattern), text, user.host);
      return textFailure(answer, user, { verb: 'match', wanted: options.matches, holds }, options);
    };
  },
});
