import { defineController, type ElementUser } from '../element.ts';
import { passes } from '../passes.ts';

/**
 * `forEach: { prefix: id, as: one }`: its steps for each of `id_1`, `id_2` … until one is not set, as JMeter does
 * (`ForeachController.java`): `id_matchNr` is not asked, so what an earlier extraction left behind counts. Beside
 * it `in:`, a list. The index of the first pass is `from`, as there.
 */
export const forEach = defineController({
  kind: 'forEach',
  jmeter: 'ForEach Controller',
  example: `
- get: /healing/issues
  extract: { issueId: { jsonPath: '$.data.items[*].id', match: all } }
- forEach: { prefix: issueId, as: id, to: 3 } # issueId_1, issueId_2, issueId_3
  steps:
    - get: /healing/issues/\${id}
- forEach: { in: [open, resolved], as: status }
  steps:
    - get: { path: /healing/issues, query: { status: '\${status}' } }
`,
  children: 'steps',
  schema: {
    type: 'object',
    description: 'Repeats its steps for each of several values.',
    additionalProperties: false,
    required: ['as'],
    properties: {
      prefix: {
        type: 'string',
        minLength: 1,
        description: 'The values are in the variables prefix_1, prefix_2 … until one is not set.',
        examples: ['issueId'],
      },
      in: {
        type: 'array',
        minItems: 1,
        description: 'The values themselves, instead of a prefix.',
        examples: [['open', 'closed']],
        items: { type: ['string', 'number', 'boolean'] },
      },
      as: {
        type: 'string',
        minLength: 1,
        literal: true,
        description: 'The variable that holds the value during a pass.',
        examples: ['id'],
      },
      from: {
        type: 'integer',
        minimum: 0,
        default: 0,
        description: 'How many values to leave out at the start.',
        examples: [1],
      },
      to: {
        type: 'integer',
        minimum: 0,
        description: 'The number of the last value, counted from 1.',
        examples: [10],
      },
      separator: {
        type: 'boolean',
        default: true,
        description: 'Whether an underscore stands between prefix and number.',
        examples: [false],
      },
    },
  },
  label: () => 'forEach',
  check: ({ prefix, in: list }) =>
    (prefix === undefined) === (list === undefined) ? 'expected either prefix or in, one of them' : null,
  sets: ({ as }) => [String(as)],
  build({ config, label, steps }) {
    return (user) => {
      const given = config.render(user);
      const value = values(given, user);
      const last = given.to ?? Infinity;
      return passes(user, {
        name: label(user),
        steps,
        firstIndex: given.from,
        more: (pass) => {
          const number = given.from + pass + 1;
          const found = number <= last ? value(number) : undefined;
          if (found !== undefined) user.set(given.as, found);
          return found !== undefined;
        },
      });
    };
  },
});

/** The value of a number, from 1. */
function values(
  given: { readonly prefix?: string; readonly in?: readonly unknown[]; readonly separator: boolean },
  user: ElementUser,
): (number: number) => string | undefined {
  const { in: list, prefix = '', separator } = given;
  if (list) return (number) => (number <= list.length ? String(list[number - 1]) : undefined);
  return (number) => user.get(`${prefix}${separator ? '_' : ''}${number}`);
}
