import { defineController, type ElementUser, type Flow } from '../element.ts';

/**
 * `action: breakLoop`: where to go instead of on. JMeter's Flow Control Action, without its pause (`pause:`), and
 * without a sample; timers and processors do not apply to it.
 */
export const action = defineController({
  kind: 'action',
  jmeter: 'Flow Control Action',
  example: `
- loop: 5
  steps:
    - get: /health
    - if: '\${__jm__loop__idx} == 1' # in the second pass
      steps:
        - action: breakLoop
`,
  scalar: 'do',
  schema: {
    type: 'object',
    description: 'Leaves the loop, the iteration, the user or the test.',
    additionalProperties: false,
    required: ['do'],
    properties: {
      do: {
        enum: [
          'nextIteration',
          'breakLoop',
          'nextLoop',
          'stopThread',
          'stopGroup',
          'stopTest',
          'stopTestNow',
        ],
        literal: true,
        description:
          '`nextIteration`, `breakLoop`: of the innermost loop, or of the thread group where there is none. `nextLoop`: of the thread group. `stopThread`: this user. `stopGroup`: all users of the group. `stopTest`: everything, samples under way are finished. `stopTestNow`: everything, at once.',
        examples: ['breakLoop'],
      },
    },
  },
  label: ({ do: what }) => String(what),
  build({ config, label }) {
    return (user) => act(user, config.render(user).do, label(user));
  },
});

function act(user: ElementUser, what: Flow | 'stopGroup' | 'stopTest' | 'stopTestNow', label: string): Flow {
  const reason = `the step "${label}" says so`;
  if (what === 'stopGroup') user.stopGroup(reason);
  else if (what === 'stopTest') user.stopTest('soon', reason);
  else if (what === 'stopTestNow') user.stopTest('now', reason);
  else return what;
  return 'stopThread';
}
