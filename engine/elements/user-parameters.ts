import type { JsonSchema } from '../model/json-schema.ts';
import type { Config, ElementUser } from './element.ts';
import { assign, variablesSchema } from './variables.ts';

/** JMeter's User Parameters: each user has the variables of its own column. */
export const userParametersSchema = {
  type: 'object',
  description:
    'Sets variables by the user’s number: the first user has the first, and so on, then again from the first.',
  additionalProperties: false,
  required: ['userParameters'],
  properties: {
    userParameters: {
      type: 'array',
      minItems: 1,
      description: 'What each user’s variables are.',
      examples: [
        [
          { name: 'ann', limit: 5 },
          { name: 'bob', limit: 10 },
        ],
      ],
      items: variablesSchema,
    },
  },
} as const satisfies JsonSchema;

interface Columns {
  readonly userParameters: readonly Readonly<Record<string, unknown>>[];
}

export function setUserParameters(config: Config<Columns>): (user: ElementUser) => void {
  return (user) => {
    const { userParameters: columns } = config.render(user);
    assign(user, columns[(user.threadNumber - 1) % columns.length] ?? {});
  };
}

export function userParameterNames({ userParameters: columns }: Readonly<Record<string, unknown>>): string[] {
  return (Array.isArray(columns) ? columns : []).flatMap((column: unknown) =>
    typeof column === 'object' && column !== null ? Object.keys(column) : [],
  );
}
