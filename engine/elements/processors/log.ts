import { defineProcessor } from '../element.ts';

/**
 * `{ log: "order ${id}" }`: a line in `run.log` of the results folder, as `${__log()}` writes it. Warnings and errors are also
 * told on standard error; DEBUG is not logged.
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
    description: 'Writes a line to `run.log` in the results folder.',
    additionalProperties: false,
    required: ['log'],
    properties: {
      log: { type: 'string', description: 'The line.', examples: ['order ${orderId}'] },
      level: {
        enum: ['ERROR', 'WARN', 'INFO', 'DEBUG'],
        literal: true,
        default: 'INFO',
        description:
          'How much it matters. WARN and ERROR are also told on standard error; DEBUG is not logged.',
        examples: ['WARN'],
      },
    },
  },
  build: (config) => (user) => {
    const { log: line, level } = config.shown ? config.shown(user) : config.render(user);
    user.host.log(level, line, user.threadName);
  },
});
