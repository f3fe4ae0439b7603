import { applyToSchema } from '../apply-to.ts';
import { defineAssertion } from '../element.ts';
import { xmlParser } from '../../markup/xml-parser.ts';
import type { XPathFound } from '../../markup/xml.ts';
import { findXPath } from '../queries/xml-of.ts';
import { shown } from '../shown.ts';
import { sourceSchema, sourceText } from '../source.ts';
import { xpathSchema } from '../xpath-schema.ts';
import { valueJudge, valueMistake, valueSchema } from './value-options.ts';

/**
 * `{ xpath: "//status = 'ok'" }`: an XPath is true of an XML answer, or finds something (`XPathAssertion.java`).
 *
 * What is not XML fails, also with `not`.
 */
export const xpath = defineAssertion({
  kind: 'xpath',
  jmeter: 'XPath Assertion',
  example: `
- set: { order: '<order><status>paid</status></order>' }
- get: /health
  assert:
    - xpath: //status = 'paid'
      source: order # without it: the answer
`,
  reads: ['body'],
  schema: {
    type: 'object',
    description: 'What must be true of an XML answer.',
    additionalProperties: false,
    required: ['xpath'],
    properties: {
      ...xpathSchema,
      equals: valueSchema.equals,
      oneOf: valueSchema.oneOf,
      contains: valueSchema.contains,
      matches: valueSchema.matches,
      whole: valueSchema.whole,
      not: valueSchema.not,
      message: valueSchema.message,
      ...applyToSchema,
      ...sourceSchema,
    },
  },
  load: xmlParser.load,
  check: (config) => xmlParser.use.xpathMistake(config['xpath']) ?? valueMistake(config),
  build(config) {
    const find = findXPath();
    const judge = valueJudge();
    return (answer, user) => {
      const options = config.render(user);
      const found = find(answer, user, options);
      if ('mistake' in found) {
        const text = shown(sourceText(answer, user, { source: options.source }));
        return options.message ?? `expected XML, found ${text}: ${found.mistake}`;
      }
      return judge(valuesOf(found, options), options, { what: options.xpath, host: user.host });
    };
  },
});

/** Where only truth is asked for, what is false (no nodes, the number 0, the empty text) is nothing. */
function valuesOf({ texts, isTrue }: XPathFound, options: object): readonly string[] {
  const asks = ['equals', 'oneOf', 'contains', 'matches'].some((key) => key in options);
  return asks || isTrue ? texts : [];
}
