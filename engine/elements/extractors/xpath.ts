import { applyToSchema, foundIn } from '../apply-to.ts';
import { type Answer, defineExtractor } from '../element.ts';
import { chooseMatch, matchSchema, matchVariables } from '../match.ts';
import { xmlParser } from '../../markup/xml-parser.ts';
import { findXPath } from '../queries/xml-of.ts';
import { sourceSchema } from '../source.ts';
import { xpathSchema } from '../xpath-schema.ts';

/**
 * `{ xpath: //item/@id }`: values out of an XML answer, by XPath 1.0. A number, text or truth is one match.
 *
 * An answer that is not well-formed XML has no match; `assert: [{ xml: true }]` says what is wrong with it.
 */
export const xpath = defineExtractor({
  kind: 'xpath',
  jmeter: 'XPath Extractor',
  example: `
- set: { order: '<order><item id="7"/><item id="8"/></order>' }
- get: /health
  extract:
    itemId: { xpath: //item/@id, match: 2, source: order } # without source: of the answer
- get: { path: /echo, query: { item: '\${itemId}' } }
`,
  reads: ['body'],
  schema: {
    type: 'object',
    description: 'Takes a value out of an XML answer.',
    additionalProperties: false,
    required: ['xpath'],
    properties: {
      ...xpathSchema,
      fragment: {
        type: 'boolean',
        default: false,
        description: 'Whether an element is given as XML instead of as its text.',
        examples: [true],
      },
      ...sourceSchema,
      ...applyToSchema,
      ...matchSchema,
    },
  },
  load: xmlParser.load,
  check: ({ xpath: expression }) => xmlParser.use.xpathMistake(expression),
  sets: matchVariables,
  build(variable, config) {
    const found = findXPath();
    return (answer, user) => {
      const options = config.render(user);
      const find = (one: Answer) => {
        const inXml = found(one, user, options);
        return 'mistake' in inXml ? [] : inXml.texts;
      };
      return chooseMatch(user, variable, foundIn(answer, options.applyTo, find), options) >= 0;
    };
  },
});
