import { applyToSchema, foundIn } from '../apply-to.ts';
import { type Answer, defineExtractor } from '../element.ts';
import { chooseMatch, matchSchema, matchVariables } from '../match.ts';
import { headerValues } from '../source.ts';

/** `{ header: location }`: a header of the answer. One that is sent several times has several matches. */
export const header = defineExtractor({
  kind: 'header',
  example: `
- get: /health
  extract:
    type: { header: content-type, default: none }
- get: /health
  defaults: { http: { headers: { Accept: '\${type}' } } }
`,
  reads: ['headers'],
  schema: {
    type: 'object',
    description: 'Takes a header of the answer.',
    additionalProperties: false,
    required: ['header'],
    properties: {
      header: {
        type: 'string',
        minLength: 1,
        description: 'Its name, in any case.',
        examples: ['Location'],
      },
      ...applyToSchema,
      ...matchSchema,
    },
  },
  sets: matchVariables,
  build: (variable, config) => (answer, user) => {
    const options = config.render(user);
    const find = (one: Answer) => headerValues(one, options.header);
    return chooseMatch(user, variable, foundIn(answer, options.applyTo, find), options) >= 0;
  },
});
