import { defineController } from '../element.ts';

/**
 * `chance: 30%` or `every: 10` beside a step: the step, if the draw holds, or in each tenth iteration of the user; else the
 * user goes on. Nothing is counted: a step that is left out by chance was never wanted.
 */
export const sometimes = defineController({
  kind: 'sometimes',
  example: `- get: /health
- get: /status
  chance: 30%
- get: /version
  every: 10
`,
  children: 'steps',
  schema: {
    type: 'object',
    additionalProperties: false,
    properties: { holds: { type: 'boolean' }, every: { type: 'integer', default: 1 } },
  },
  build({ config, steps }) {
    return (user) => {
      const { holds, every } = config.render(user);
      const iteration = every === 1 ? 0 : Number(user.get(`__jm__${user.threadGroupName}__idx`) ?? 0) + 1;
      return holds && iteration % every === 0 ? steps(user) : 'next';
    };
  },
});
