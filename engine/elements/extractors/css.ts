import { applyToSchema, foundIn } from '../apply-to.ts';
import { type Answer, defineExtractor } from '../element.ts';
import { chooseMatch, matchSchema, matchVariables } from '../match.ts';
import { htmlParser } from '../queries/parsers.ts';
import { remembered } from '../../template/remembered.ts';
import { lookThrough } from '../queries/look-through.ts';
import { sourceSchema, sourceText } from '../source.ts';

/**
 * `{ css: 'a.next', attribute: href }`: elements of an HTML page (`HtmlExtractor.java`).
 *
 * Their text with white space as single spaces, or an attribute; an element without it is no match.
 */
export const css = defineExtractor({
  kind: 'css',
  jmeter: 'CSS Selector Extractor',
  example: `
- set: { page: '<a class="next" href="/version">next</a>' }
- get: /health
  extract:
    next: { css: a.next, attribute: href, source: page } # without source: of the answer
- get: \${next}
`,
  reads: ['body'],
  schema: {
    type: 'object',
    description: 'Takes the text or an attribute of an element of an HTML page.',
    additionalProperties: false,
    required: ['css'],
    properties: {
      css: { type: 'string', minLength: 1, description: 'A CSS selector.', examples: ['input[name=token]'] },
      attribute: {
        type: 'string',
        minLength: 1,
        description: 'The attribute to take; without one, the text.',
        examples: ['value'],
      },
      ...sourceSchema,
      ...applyToSchema,
      ...matchSchema,
    },
  },
  load: htmlParser.load,
  check: ({ css: selector }) => htmlParser.use.selectorMistake(selector),
  sets: matchVariables,
  build(variable, config) {
    const queryOf = remembered(htmlParser.use.htmlQuery);
    return (answer, user) => {
      const options = config.render(user);
      const { source } = options;
      const query = queryOf(options.css);
      const find = (one: Answer) =>
        lookThrough(sourceText(one, user, { source }), {
          what: `the CSS selector ${options.css}`,
          host: user.host,
          read: (text) =>
            source === undefined ? htmlParser.use.htmlOf(one, text) : htmlParser.use.parseHtml(text),
          ask: (document) => query(document, options.attribute),
        });
      return chooseMatch(user, variable, foundIn(answer, options.applyTo, find), options) >= 0;
    };
  },
});
