import { defineController, type Run } from '../element.ts';

/** `choose:` one of several branches, by weight, drawn anew each time. */
export const choose = defineController({
  kind: 'choose',
  jmeter: 'bzm - Weighted Switch Controller',
  example: `
- choose:
    - weight: 9 # nine times out of ten
      steps:
        - get: /healing/issues
    - weight: 1
      steps:
        - get: /version
`,
  children: 'branches',
  schema: {
    type: 'object',
    description: 'One of several alternatives, chosen by chance in proportion to their weights.',
    additionalProperties: false,
    properties: {
      weight: {
        type: 'number',
        minimum: 0,
        maximum: 1_000_000,
        default: 1,
        description: 'Share of this branch; 3 beside 1 is chosen three times out of four.',
        examples: [3],
      },
    },
  },
  label: () => 'choose',
  build({ branches }) {
    return (user) => {
      const weights = branches.map((branch) => branch.config.render(user).weight);
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      if (total <= 0) throw new RangeError('the weights of a choose step must not all be 0');
      let left = user.random() * total;
      const index = weights.findIndex((weight) => (left -= weight) < 0);
      const chosen: Run | undefined = branches[index < 0 ? weights.length - 1 : index]?.steps;
      return chosen ? chosen(user) : 'next';
    };
  },
});
