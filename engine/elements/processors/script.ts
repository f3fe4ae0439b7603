import { defineProcessor } from '../element.ts';
import { scriptRunner, scriptSchema, scriptVariables } from '../script-source.ts';

/** `{ script: … }` under `before` or `after`: JMeter's JSR223 pre- and post-processor, in JavaScript and in a sandbox. */
export const scriptProcessor = defineProcessor({
  kind: 'script',
  jmeter: 'JSR223 PreProcessor, JSR223 PostProcessor',
  example: `
- get: { path: /healing/issues, query: { page: '\${page}' } }
  before:
    - script: vars.set('page', 1 + ctx.threadNumber % 3)
  after:
    - script: vars.set('count', prev.json().data.items.length)
- get: { path: /echo, query: { count: '\${count}' } }
`,
  reads: ['body', 'headers'],
  schema: {
    type: 'object',
    description: 'Runs JavaScript.',
    additionalProperties: false,
    required: ['script'],
    properties: scriptSchema,
  },
  sets: scriptVariables,
  build(config, site) {
    const run = scriptRunner(site.at);
    return (user, answer) => {
      run(user, config.render(user), answer);
    };
  },
});
