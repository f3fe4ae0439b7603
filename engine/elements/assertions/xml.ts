import { applyToSchema } from '../apply-to.ts';
import { defineAssertion } from '../element.ts';
import { xmlChecker } from '../queries/parsers.ts';
import { sourceSchema, sourceText } from '../source.ts';
import { messageSchema } from './text-options.ts';

/** `{ xml: true }`: the answer is well-formed XML (`XMLAssertion.java`). Entities that a DTD declares are unknown. */
export const xml = defineAssertion({
  kind: 'xml',
  jmeter: 'XML Assertion',
  example: `
- set: { order: '<order><item id="7"/></order>' }
- get: /health
  assert:
    - xml: true
      source: order # without it: the answer
`,
  reads: ['body'],
  schema: {
    type: 'object',
    description: 'The answer must be well-formed XML.',
    additionalProperties: false,
    required: ['xml'],
    properties: {
      xml: { enum: [true], description: 'Always true.', examples: [true] },
      ...applyToSchema,
      ...sourceSchema,
      ...messageSchema,
    },
  },
  load: xmlChecker.load,
  build: (config) => (answer, user) => {
    const { source, message } = config.render(user);
    const mistake = xmlChecker.use.xmlMistake(sourceText(answer, user, { source }));
    return mistake === null ? null : (message ?? `expected well-formed XML, found at ${mistake}`);
  },
});
