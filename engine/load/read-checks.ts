import type { JsonSchema } from '../model/json-schema.ts';
import type { ElementSyntax } from '../model/language.ts';
import type { PlanElement } from '../model/plan.ts';
import { pick } from './long-form.ts';
import { readFlatElement } from './read-flat-element.ts';
import type { Reading } from './reading.ts';
import { isMapping, type Mapping } from './shapes.ts';

const longestName = 120;

const nameSchema: JsonSchema = {
  type: 'string',
  literal: true,
  minLength: 1,
  maxLength: longestName,
  description: 'What the results are recorded under: the tag check. Without it: how the check is written.',
  examples: ['has items'],
};

/** Assertions with a name besides: what may stand under `check`. */
export function checkSyntaxes(assertions: readonly ElementSyntax[]): readonly ElementSyntax[] {
  const known = syntaxes.get(assertions) ?? assertions.map(withName);
  syntaxes.set(assertions, known);
  return known;
}

const syntaxes = new WeakMap<readonly ElementSyntax[], readonly ElementSyntax[]>();

function withName(syntax: ElementSyntax): ElementSyntax {
  const properties = { ...syntax.schema.properties, name: nameSchema };
  return { ...syntax, schema: { ...syntax.schema, properties } };
}

/** `check: [{ jsonPath: $.items, minLength: 1, name: has items }]`. */
export function readChecks(reading: Reading, list: readonly unknown[]): PlanElement[] {
  const known = checkSyntaxes(reading.language.assertions);
  return list.flatMap((value, index) => {
    const element = readFlatElement(reading, known, { holder: list, key: index, value, words: 'assertion' });
    const at = reading.positions.locate(list, index);
    if (!element || !at || !isMapping(value)) return [];
    const { name, ...own } = value;
    const config = pick(reading, value, Object.keys(own));
    return [{ kind: element.kind, name: typeof name === 'string' ? name : asWritten(own), config, at }];
  });
}

/** `jsonPath $.data.items, minLength 1`. */
function asWritten(config: Mapping): string {
  const parts = Object.entries(config).map(([key, value]) => `${key} ${text(value)}`);
  const whole = parts.join(', ');
  return whole.length > longestName ? `${whole.slice(0, longestName - 1)}…` : whole;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
