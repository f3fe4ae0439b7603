import { defineController } from '../element.ts';

/** `if: "${issueId} != ''"`: its steps, when the condition holds on entry. */
export const ifController = defineController({
  kind: 'if',
  jmeter: 'If Controller',
  example: `
- get: /healing/issues
  extract: { issueId: '$.data.items[0].id' }
- if: "\${issueId} != '' && \${issueId_matchNr} > 0"
  steps:
    - get: /healing/issues/\${issueId}
`,
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
