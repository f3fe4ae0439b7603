import { defineController } from '../element.ts';

/** `if: "${issueId} != ''"`: its steps, when the condition holds on entry. */
export const ifController = defineController({
  kind: 'if',
  scalar: 'condition',
  children: 'steps',
  schema: {
    type: 'object',
    description: 'Runs its steps only when a condition holds.',
    additionalProperties: false,
    required: ['condition'],
    properties: {
      condition: {
        type: ['string', 'boolean'],
        render: 'condition',
        description:
          'A JavaScript comparison over variables. `${x}` stands for the value of x, never for text pasted into code; a variable that is not set is the empty text; texts that are numbers compare as numbers.',
        examples: ["${issueId} != ''", '${status} == "open" && ${count} > 3'],
      },
    },
  },
  label: () => 'if',
  build({ config, steps }) {
    return (user) => (config.render(user).condition ? steps(user) : 'next');
  },
});
