import { defineController, type ChildStep, type ElementUser } from '../element.ts';
import { oneOf } from './one-of.ts';

/**
 * `switch: "${role}"`: one of its steps, by its number from 0 or by its name. As in JMeter (`SwitchController.java`)
 * a blank value or a number out of range is the first; a name that no step has is the step called `default`, or none.
 */
export const switchController = defineController({
  kind: 'switch',
  jmeter: 'Switch Controller',
  example: `
- set: { role: auditor }
- switch: \${role} # by name, or by number from 0
  steps:
    - get: /healing/issues
      name: operator
    - get: /monitoring/alerts
      name: auditor
    - get: /health
      name: default # for any other role
`,
  scalar: 'value',
  children: 'steps',
  schema: {
    type: 'object',
    description: 'Runs the one of its steps that a value names.',
    additionalProperties: false,
    required: ['value'],
    properties: {
      value: {
        type: ['string', 'integer'],
        description:
          'The number of a step, from 0, or its name. Names count capitals; without a match the step named `default` is run, if there is one.',
        examples: ['${role}', 1],
      },
    },
  },
  label: () => 'switch',
  build(site) {
    return oneOf(site, (user) => chosen(site.children, String(site.config.render(user).value), user));
  },
});

function chosen(children: readonly ChildStep[], value: string, user: ElementUser): ChildStep | undefined {
  const text = value.trim();
  if (/^[+-]?\d*$/.test(text)) return children[Number(text)] ?? children[0];
  return (
    children.find(({ label }) => label(user) === text) ??
    children.find(({ label }) => label(user).toLowerCase() === 'default')
  );
}
