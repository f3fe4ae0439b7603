import { defineController } from '../element.ts';

/**
 * `export: [token]` beside a controller, a flow or a processor: once its steps have gone through, every user sees these
 * variables, as beside a sampler that succeeded.
 */
export const exportController = defineController({
  kind: 'export',
  example: `- set: { token: abc }
  export: [token]
`,
  children: 'steps',
  schema: {
    type: 'object',
    additionalProperties: false,
    required: ['names'],
    properties: { names: { type: 'array', items: { type: 'string' }, literal: true } },
  },
  build({ config, steps }) {
    return async (user) => {
      const flow = await steps(user);
      if (flow === 'next') for (const name of config.render(user).names) user.export(name);
      return flow;
    };
  },
});
