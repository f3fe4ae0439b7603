import { defineController } from '../element.ts';
import { scriptRunner, scriptSchema, scriptVariables } from '../script-source.ts';

/** `script: …` as a step: runs JavaScript and gives no sample. A script that fails ends the user, and is told. */
export const script = defineController({
  kind: 'script',
  jmeter: 'JSR223 Sampler',
  example: `
- set: { price: '20' }
- script:
    script: vars.set('total', Number(data.price) * 2)
    data: { price: '\${price}' } # the script itself holds no templates
- get: { path: /health, query: { total: '\${total}' } }
`,
  scalar: 'script',
  schema: {
    type: 'object',
    description: 'Runs JavaScript.',
    additionalProperties: false,
    required: ['script'],
    properties: scriptSchema,
  },
  label: () => 'script',
  sets: scriptVariables,
  build({ config, at }) {
    const run = scriptRunner(at);
    return (user) => {
      run(user, config.render(user), user.answer);
      return 'next';
    };
  },
});
