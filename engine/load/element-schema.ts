import type { JsonSchema } from '../model/json-schema.ts';
import type { ElementSyntax } from '../model/language.ts';

interface Shown {
  /** Properties that an alias sets. */
  readonly hidden?: readonly string[];
  /** Whether `defaults:` may hold what is required. */
  readonly isPartial?: boolean;
}

/** What may stand after a kind: the long form, the bare value where there is one, and nothing where all is optional. */
export function elementSchema(syntax: ElementSyntax, description: string, shown: Shown = {}): JsonSchema {
  const { schema, scalar } = syntax;
  const { hidden = [], isPartial = false } = shown;
  const properties = Object.entries(schema.properties ?? {}).filter(([key]) => !hidden.includes(key));
  const required = isPartial ? [] : (schema.required ?? []);
  const long: JsonSchema = {
    ...schema,
    type: 'object',
    required,
    properties: Object.fromEntries(properties),
  };
  const bare = scalar === undefined ? undefined : schema.properties?.[scalar];
  const forms = [
    ...(bare ? [bare] : []),
    long,
    ...(required.length === 0 ? [{ type: 'null' } as const] : []),
  ];
  return { description, examples: elementExamples(syntax), anyOf: forms };
}

export function elementExamples({ schema, scalar }: ElementSyntax): readonly unknown[] {
  const ofScalar = scalar === undefined ? undefined : schema.properties?.[scalar]?.examples;
  return schema.examples ?? ofScalar ?? [{}];
}

/** A listener or monitor by its kind alone, or with options; those in `canBeOff` also with `false`. */
export function kindsSchema(
  what: string,
  syntaxes: readonly ElementSyntax[],
  canBeOff: readonly string[] = [],
): JsonSchema {
  const values = syntaxes.map((each) => {
    const schema = elementSchema(each, each.schema.description ?? each.kind);
    const forms = [...(schema.anyOf ?? []), ...(canBeOff.includes(each.kind) ? [switchedOff] : [])];
    return [each.kind, { ...schema, anyOf: forms }] as const;
  });
  const long: JsonSchema = {
    type: 'object',
    additionalProperties: false,
    minProperties: 1,
    maxProperties: 1,
    properties: Object.fromEntries(values),
  };
  const bare = syntaxes.filter(({ schema }) => (schema.required ?? []).length === 0).map(({ kind }) => kind);
  const description = `A ${what} by its kind, or with options.`;
  return { description, anyOf: [...(bare.length > 0 ? [{ enum: bare, literal: true }] : []), long] };
}

const switchedOff: JsonSchema = { const: false, literal: true };

/** An extractor or assertion: a mapping of one of the kinds. */
export function flatSchemas(syntaxes: readonly ElementSyntax[]): JsonSchema[] {
  return syntaxes.map(({ kind, schema }) => {
    const required = [...new Set([...(schema.required ?? []), kind])];
    return { ...schema, type: 'object', required };
  });
}
