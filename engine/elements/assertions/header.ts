import { applyToSchema } from '../apply-to.ts';
import { defineAssertion } from '../element.ts';
import { headerValues } from '../source.ts';
import { valueJudge, valueMistake, valueSchema } from './value-options.ts';

/** `{ header: content-type, contains: json }`: the answer has a header. Of several with the name, one must fit. */
export const header = defineAssertion({
  kind: 'header',
  example: `
- get: /health
  assert:
    - header: content-type
      contains: json
`,
  reads: ['headers'],
  schema: {
    type: 'object',
    description: 'A header that the answer must have.',
    additionalProperties: false,
    required: ['header'],
    properties: {
      header: {
        type: 'string',
        minLength: 1,
        description: 'Its name, in any case. Without more, it must be there.',
        examples: ['Content-Type'],
      },
      equals: valueSchema.equals,
      oneOf: valueSchema.oneOf,
      contains: valueSchema.contains,
      matches: valueSchema.matches,
      whole: valueSchema.whole,
      not: valueSchema.not,
      ...applyToSchema,
      message: valueSchema.message,
    },
  },
  check: valueMistake,
  build(config) {
    const judge = valueJudge();
    return (answer, user) => {
      const options = config.render(user);
      const asked = { what: `the header ${options.header}`, host: user.host };
      return judge(headerValues(answer, options.header), options, asked);
    };
  },
});
