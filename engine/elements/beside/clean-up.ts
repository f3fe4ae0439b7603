import { defineController } from '../element.ts';

/**
 * `cleanUp:` beside a step: steps that undo it, kept together with the variables as they are then, for when the user
 * ends. Kept once the step went through and its last sample, if it took any, succeeded; also when the user's time was
 * up with that sample.
 */
export const cleanUp = defineController({
  kind: 'cleanUp',
  example: `- post: { path: /users, json: { username: passing, email: passing@example.com } }
  expect: 201
  extract: { id: $.data.id }
  cleanUp:
    - delete: /users/\${id}
      expect: [204, 404]
`,
  children: 'branches',
  whole: true,
  schema: { type: 'object', additionalProperties: false, properties: {} },
  build({ steps, branches }) {
    return async (user) => {
      const before = user.samples;
      const flow = await steps(user);
      const went = user.samples === before ? flow === 'next' : user.lastOk;
      if (went) for (const branch of branches) user.keepForCleanUp(branch.steps);
      return flow;
    };
  },
});
