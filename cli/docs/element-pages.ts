import type { ElementSyntax } from '../../engine/model/language.ts';
import { language } from '../../engine/api/language.ts';
import { keysOf } from './keys.ts';
import type { Chapter, Page } from './page.ts';

/** An element with what documents say of it. */
export interface DocumentedElement extends ElementSyntax {
  readonly jmeter?: string;
  readonly example: string;
}

const processorKinds = new Set(language.processors.map(({ kind }) => kind));

/** A chapter for every place in which elements stand. */
export function elementChapters(): Chapter[] {
  return [
    chapter('Samplers', 'sampler', language.samplers, asStep),
    // Processors may stand as steps, too; they have a chapter of their own.
    chapter(
      'Controllers',
      'controller',
      language.controllers.filter(({ kind }) => !processorKinds.has(kind)),
      asStep,
    ),
    chapter('Data', 'data source', language.data, () => ['An item of the list under `data`.']),
    chapter('Before, after and as steps', 'processor', language.processors, () => [
      'An item of the list under `before` or `after`, or a step.',
    ]),
    chapter('Timers', 'timer', language.timers, () => ['An item of the list under `timers`.']),
    chapter('Extractors', 'extractor', language.extractors, asExtractor),
    chapter('Assertions', 'assertion', language.assertions, () => [
      'An item of the list under `assert`, or, with a `name` besides, under `check`: it then fails no sample.',
    ]),
    chapter('Listeners', 'listener', language.listeners, asItem('listeners')),
    chapter('Monitors', 'monitor', language.monitors, asItem('monitors')),
  ];
}

function chapter(
  title: string,
  one: string,
  elements: readonly DocumentedElement[],
  written: (element: DocumentedElement) => readonly string[],
): Chapter {
  return { title, one, pages: elements.map((element) => elementPage(element, written(element))) };
}

function elementPage(element: DocumentedElement, written: readonly string[]): Page {
  const { kind, schema, jmeter, aliases = {}, example } = element;
  const keys = keysOf(schema);
  return {
    name: kind,
    aliases: Object.keys(aliases),
    description: schema.description ?? '',
    ...(jmeter === undefined ? {} : { jmeter }),
    written,
    example: { yaml: example.trim() },
    tables: keys.length === 0 ? [] : [{ title: 'Keys', keys }],
  };
}

function asStep({ kind, scalar, aliases, children, flat }: DocumentedElement): string[] {
  return [
    'A step.',
    ...(scalar ? [`\`- ${kind}: …\` is short for \`- ${kind}: { ${scalar}: … }\`.`] : []),
    ...(aliases ? [`Also written ${aliasWords(aliases)}.`] : []),
    ...(flat ? ['Its options stand beside it.'] : []),
    ...(children === 'steps' ? ['Its `steps` stand beside it.'] : []),
    ...(children === 'branches' ? ['Its value is a list of branches, each with `steps`.'] : []),
  ];
}

/** `` `get` (`method: GET`) `` and so on. */
function aliasWords(aliases: NonNullable<ElementSyntax['aliases']>): string {
  return Object.entries(aliases)
    .map(([alias, preset]) => {
      const set = Object.entries(preset).map(([key, value]) => `\`${key}: ${String(value)}\``);
      return `\`${alias}\`${set.length > 0 ? ` (${set.join(', ')})` : ''}`;
    })
    .join(', ');
}

function asExtractor({ kind }: DocumentedElement): string[] {
  const isUsual = kind === language.extractors[0]?.kind;
  return [
    `Under \`extract\`, by the variable that it sets: \`x: { ${kind}: … }\`.`,
    ...(isUsual ? ['A bare text there means this: `x: $.id`.'] : []),
  ];
}

function asItem(list: string): (element: DocumentedElement) => string[] {
  return ({ kind, scalar, schema: { required = [] } }) => [
    `An item of the list under \`${list}\`${required.length > 0 ? '' : '; its name alone, or with options'}.`,
    ...(scalar ? [`\`- ${kind}: …\` is short for \`- ${kind}: { ${scalar}: … }\`.`] : []),
  ];
}
