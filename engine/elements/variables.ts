import type { JsonSchema } from '../model/json-schema.ts';
import type { RenderScope } from '../template/scope.ts';

/** Variables by name, and what they are set to. */
export const variablesSchema = {
  type: 'object',
  description: 'Variables and their values. All values are rendered before the first is set.',
  minProperties: 1,
  propertyNames: { type: 'string', minLength: 1 },
  examples: [{ page: 1, query: 'status=${status}' }],
  choices: true,
  additionalProperties: { type: ['string', 'number', 'boolean'] },
} as const satisfies JsonSchema;

/** Sets a user's variables, as text. */
export function assign(user: RenderScope, values: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(values)) user.set(name, String(value));
}
