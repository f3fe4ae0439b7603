import { defineAssertion } from '../element.ts';
import { scriptRunner, scriptSchema, scriptVariables } from '../script-source.ts';

/**
 * `{ script: … }` under `assert`: JavaScript that returns `false`, or a text that says what is wrong, when the sample
 * fails. What it throws fails the sample, too.
 */
export const scriptAssertion = defineAssertion({
  kind: 'script',
  jmeter: 'JSR223 Assertion',
  example: `
- get: { path: /healing/issues, query: { limit: 5 } }
  assert:
    - script: "return prev.json().data.items.length <= data.most || 'too many'"
      data: { most: 5 }
`,
  reads: ['body', 'headers'],
  schema: {
    type: 'object',
    description: 'JavaScript that judges the answer.',
    additionalProperties: false,
    required: ['script'],
    properties: { script: scriptSchema.script, data: scriptSchema.data },
  },
  sets: scriptVariables,
  build(config, site) {
    const run = scriptRunner(site.at);
    return (answer, user) => {
      const found = run(user, config.render(user), answer);
      if (typeof found === 'string' && found !== '') return found;
      return found === false ? 'the script returned false' : null;
    };
  },
});
