import { defineController, type Config, type ElementUser } from '../element.ts';
import { passes } from '../passes.ts';

/**
 * `while: "${status} != 'done'"`: its steps, as long as the condition holds before a pass.
 *
 * JMeter (`WhileController.java`) looks at the condition at the end of a pass and again before the next:
 * `evaluate: twice`. Its blank condition is `untilFailure: atEnd`, its `LAST` is `untilFailure: atEntry`. Unlike
 * there, a variable that is not set is the empty text, which does not hold.
 */
export const whileController = defineController({
  kind: 'while',
  jmeter: 'While Controller',
  example: `
- set: { tries: 0 }
- while: '\${tries} < 2' # looked at before each pass
  steps:
    - set: { tries: '\${__intSum(\${tries},1)}' }
    - get: /health
`,
  scalar: 'condition',
  children: 'steps',
  loops: true,
  schema: {
    type: 'object',
    description: 'Repeats its steps as long as a condition holds.',
    additionalProperties: false,
    properties: {
      condition: {
        type: ['string', 'boolean'],
        render: 'condition',
        description: 'A comparison as in `if`, looked at before each pass.',
        examples: ["${status} != 'done'"],
      },
      untilFailure: {
        enum: ['atEnd', 'atEntry'],
        literal: true,
        description:
          'Instead of a condition: until the last sample of a pass has failed. `atEntry`: no pass either when the sample before the loop failed.',
        examples: ['atEnd'],
      },
      evaluate: {
        enum: ['once', 'twice'],
        literal: true,
        default: 'once',
        description:
          'How often the condition is looked at between two passes. JMeter does it twice, which matters only to a condition that counts or draws.',
        examples: ['twice'],
      },
    },
  },
  label: () => 'while',
  check: ({ condition, untilFailure }) =>
    (condition === undefined) === (untilFailure === undefined)
      ? 'expected either a condition or untilFailure. Write while: "${status} != \'done\'"'
      : null,
  build({ config, label, steps }) {
    return (user) =>
      passes(user, {
        name: label(user),
        steps,
        more: (pass) => another(config, user, pass),
        endless: true,
      });
  },
});

interface While {
  readonly condition?: boolean;
  readonly untilFailure?: 'atEnd' | 'atEntry';
  readonly evaluate: 'once' | 'twice';
}

function another(config: Config<While>, user: ElementUser, pass: number): boolean {
  const { condition = false, untilFailure, evaluate } = config.render(user);
  if (untilFailure) return user.lastOk || (pass === 0 && untilFailure === 'atEnd');
  if (evaluate === 'once' || pass === 0 || !condition) return condition;
  return config.render(user).condition ?? false;
}
