import { defineController } from '../element.ts';
import { oneOf } from './one-of.ts';

/** `random:` one of its steps each time, drawn evenly; the same may come again. JMeter's Random Controller. */
export const random = defineController({
  kind: 'random',
  jmeter: 'Random Controller',
  example: `
- random: # one of them
  steps:
    - get: /health
    - get: /status
`,
  children: 'steps',
  schema: {
    type: 'object',
    description: 'Runs one of its steps each time it is entered, by chance.',
    additionalProperties: false,
    properties: {},
    examples: [{}],
  },
  label: () => 'random',
  build: (site) => oneOf(site, (user) => site.children[Math.floor(user.random() * site.children.length)]),
});
