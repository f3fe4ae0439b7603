import { loadKeys } from '../engine/model/load-keys.ts';
import type { JsonSchema } from '../engine/model/json-schema.ts';
import type { ElementSyntax } from '../engine/model/language.ts';
import { planSchema } from '../engine/load/plan-schema.ts';
import { templateFunctions } from '../engine/template/functions/index.ts';
import { language } from './language.ts';

/** The text of `docs/plan-reference.md`: every key of the plan language, from the schemas. */
export function planReference(): string {
  const plan: JsonSchema = planSchema(language);
  return [
    '# Plan reference',
    'Generated from the schemas by `npm run schemas`; [plan-language.md](plan-language.md) explains by example.',
    'Any number, text or duration may be a template such as `${users}`, unless it says *as it stands*.',
    '## The plan',
    keyTable(plan),
    '## Thread groups',
    'Besides `name`, `description`, `enabled`, `flow` or `steps`, and what applies to the steps:',
    keyTable({ properties: loadKeys }),
    ...kinds('Samplers', language.samplers, 'step'),
    ...kinds(
      'Controllers',
      language.controllers.filter(({ flat }) => !flat),
      'step',
    ),
    ...kinds('Extractors', language.extractors, 'flat'),
    ...kinds('Assertions', language.assertions, 'flat'),
    ...kinds('Timers', language.timers, 'flat'),
    ...kinds('Before, after and as steps', language.processors, 'flat'),
    ...kinds('Data', language.data, 'flat'),
    ...kinds('Listeners', language.listeners, 'step'),
    '## Functions',
    functionTable(),
  ]
    .join('\n\n')
    .concat('\n');
}

function kinds(title: string, elements: readonly ElementSyntax[], form: 'step' | 'flat'): string[] {
  return [
    `## ${title}`,
    ...elements.flatMap((element) => [`### ${element.kind}`, intro(element, form), keyTable(element.schema)]),
  ].filter((part) => part !== '');
}

function intro({ schema, scalar, aliases, children }: ElementSyntax, form: 'step' | 'flat'): string {
  return [
    schema.description ?? '',
    scalar && form === 'step' ? `A bare value is its \`${scalar}\`.` : '',
    aliases
      ? `Also written ${Object.keys(aliases)
          .map((alias) => `\`${alias}\``)
          .join(', ')}.`
      : '',
    children === 'steps' ? 'Needs `steps` beside it.' : '',
    children === 'branches' ? 'Its value is a list of branches, each with `steps`.' : '',
  ]
    .filter(Boolean)
    .join(' ');
}

function keyTable({ properties = {}, required = [] }: JsonSchema): string {
  const rows = Object.entries(properties).map(([key, schema]) =>
    [
      `\`${key}\`${required.includes(key) ? ' (required)' : ''}`,
      valueWords(schema),
      schema.default === undefined ? '' : code(schema.default),
      (schema.description ?? '') + (schema.literal ? ' *As it stands.*' : ''),
      schema.examples === undefined ? '' : schema.examples.map(code).join(' · '),
    ].map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')),
  );
  return rows.length === 0 ? '' : table(['key', 'value', 'default', 'what', 'example'], rows);
}

function functionTable(): string {
  const rows = [...templateFunctions.values()].map(({ name, usage }) => [
    `\`\${${name}}\``,
    usage.replaceAll('|', '\\|') || 'none',
  ]);
  return table(['function', 'arguments'], rows);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function valueWords(schema: JsonSchema): string {
  if (schema.unit === 'ms') return 'duration';
  if (schema.render === 'condition') return 'condition';
  if (schema.enum) return schema.enum.map(code).join(', ');
  if (schema.const !== undefined) return code(schema.const);
  if (schema.anyOf) return [...new Set(schema.anyOf.map(valueWords))].join(' or ');
  if (schema.type === 'object') return 'map';
  if (schema.type === 'array') return `list${schema.items ? ` of ${valueWords(schema.items)}` : ''}`;
  if (schema.type === 'integer') return `whole number${limits(schema)}`;
  if (schema.type === 'number') return `number${limits(schema)}`;
  return schema.type === undefined
    ? 'anything'
    : [schema.type]
        .flat()
        .map((type) => (type === 'string' ? 'text' : type))
        .join(' or ');
}

function limits({ minimum, maximum }: JsonSchema): string {
  if (minimum === undefined) return '';
  return maximum === undefined ? ` ≥ ${minimum}` : ` ${minimum}–${maximum}`;
}

function code(value: unknown): string {
  return `\`${typeof value === 'string' && value !== '' ? value : JSON.stringify(value)}\``;
}
