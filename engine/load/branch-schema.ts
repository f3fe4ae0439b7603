import type { JsonSchema } from '../model/json-schema.ts';
import type { ElementSyntax } from '../model/language.ts';
import { scopeKeys } from './scope-keys.ts';
import { stepList, whenKey } from './step-keys.ts';

const made = new WeakMap<ElementSyntax, JsonSchema>();

/** A branch of a kind such as `choose`: the keys of its schema, `steps:` and a scope. */
export function branchSchema(syntax: ElementSyntax): JsonSchema {
  let schema = made.get(syntax);
  if (!schema) {
    const { properties, required } = syntax.schema;
    schema = {
      ...syntax.schema,
      type: 'object',
      required: [...(required ?? []), 'steps'],
      properties: { ...properties, steps: stepList, when: whenKey, ...scopeKeys },
    };
    made.set(syntax, schema);
  }
  return schema;
}
