import { defineProcessor } from '../element.ts';

/**
 * `{ log: "order ${id}" }`: a line on standard error, as `${__log()}` writes it. The first hundred different lines of a
 * run are shown; those of level DEBUG never are.
 */
export const log = defineProcessor({
  kind: 'log',
  example: `
- get: /healing/issues
  extract: { issueId: '$.data.items[0].id' }
  after:
    - log: 'looked at \${issueId}'
      level: DEBUG
`,
  reads: [],
  schema: {
    type: 'object',
    description: 'Writes a line to standard error; the first hundred different ones of a run are shown.',
    additionalProperties: false,
    required: ['log'],
    properties: {
      log: { type: 'string', description: 'The line.', examples: ['order ${orderId}'] },
      level: {
        enum: ['ERROR', 'WARN', 'INFO', 'DEBUG'],
        literal: true,
        default: 'INFO',
        description: 'How much it matters; DEBUG is not shown.',
        examples: ['WARN'],
      },
    },
  },
  build: (config) => (user) => {
    const { log: line, level } = config.render(user);
    user.host.log(level, line);
  },
});
