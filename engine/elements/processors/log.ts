import { defineProcessor } from '../element.ts';

/** `{ log: "order ${id}" }`: a line for people, as `${__log()}` writes it. */
export const log = defineProcessor({
  kind: 'log',
  reads: [],
  schema: {
    type: 'object',
    description: 'Writes a line to the log.',
    additionalProperties: false,
    required: ['log'],
    properties: {
      log: { type: 'string', description: 'The line.', examples: ['order ${orderId}'] },
      level: {
        enum: ['ERROR', 'WARN', 'INFO', 'DEBUG'],
        literal: true,
        default: 'INFO',
        description: 'How much it matters.',
        examples: ['WARN'],
      },
    },
  },
  build: (config) => (user) => {
    const { log: line, level } = config.render(user);
    user.host.log(level, line);
  },
});
