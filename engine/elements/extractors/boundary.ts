import { applyToSchema, foundIn } from '../apply-to.ts';
import { type Answer, defineExtractor } from '../element.ts';
import { chooseMatch, matchSchema, matchVariables } from '../match.ts';
import { readsOfPart, sourceSchema, sourceText } from '../source.ts';
import { fromSchema } from './text-parts.ts';

/** `{ boundary: { left: 'id="', right: '"' } }`: what stands between two texts (`BoundaryExtractor.java`). */
export const boundary = defineExtractor({
  kind: 'boundary',
  jmeter: 'Boundary Extractor',
  example: `
- get: /healing/issues
  extract:
    status: { boundary: { left: '"status":"', right: '"' } }
- get: { path: /healing/issues, query: { status: '\${status}' } }
`,
  reads: ({ from, source }) => readsOfPart(from, source),
  schema: {
    type: 'object',
    description: 'Takes what stands between two texts.',
    additionalProperties: false,
    required: ['boundary'],
    properties: {
      boundary: {
        type: 'object',
        description: 'The texts before and behind it.',
        examples: [{ left: 'id="', right: '"' }],
        additionalProperties: false,
        minProperties: 1,
        properties: {
          left: {
            type: 'string',
            default: '',
            description: 'The text before; without one, from the start.',
            examples: ['id="'],
          },
          right: {
            type: 'string',
            default: '',
            description: 'The text behind; without one, to the end.',
            examples: ['"'],
          },
        },
      },
      ...fromSchema,
      ...sourceSchema,
      ...applyToSchema,
      ...matchSchema,
    },
  },
  sets: matchVariables,
  build: (variable, config) => (answer, user) => {
    const options = config.render(user);
    const { source, from: part } = options;
    const find = (one: Answer) => between(sourceText(one, user, { source, part }), options.boundary);
    return chooseMatch(user, variable, foundIn(answer, options.applyTo, find), options) >= 0;
  },
});

/** The search goes on behind each left text, so that matches may lie within each other. */
function between(text: string, { left, right }: { readonly left: string; readonly right: string }): string[] {
  const found: string[] = [];
  let end = -1;
  for (let start = text.indexOf(left); start >= 0; start = text.indexOf(left, start)) {
    start += left.length;
    // Where the last one ended, this one may end too: not looked for again.
    if (end < start) end = right === '' ? text.length : text.indexOf(right, start);
    if (end < 0) break;
    found.push(text.slice(start, end));
    if (left === '') break;
  }
  return found;
}
