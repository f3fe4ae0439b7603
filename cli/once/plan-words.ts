import type { CompiledPlan } from '../../engine/model/compiled-plan.ts';
import type { JsonSchema } from '../../engine/model/json-schema.ts';
import type { ElementSyntax } from '../../engine/model/language.ts';
import { formatMs } from '../../engine/model/units.ts';
import type { TracedElement, TraceEvent } from '../../engine/model/trace.ts';
import type { ConfigNode } from '../../engine/model/template.ts';
import type { PlanWords } from '../../listeners/once/words.ts';
import { loadText } from '../explain/explain-plan.ts';
import { ownConfig } from '../explain/own-config.ts';
import { configText, templateText } from '../explain/step-lines.ts';
import { cellText } from '../explain/sweep-text.ts';
import { language } from '../../engine/api/language.ts';

type Entered = Extract<TraceEvent, { kind: 'enter' }>;

/** Says what is told of a traced run in the words of the plan; `plan` is as it would run as a load. */
export function planWords(plan: CompiledPlan): PlanWords {
  return {
    entered: (event) => (event.branch ? branchText(event, event.branch) : controllerText(event)),
    pause: ({ config }) => `pause ${bare(own(config, 'pause', language.controllers))}`,
    timer: ofElement(language.timers),
    extractor: ofElement(language.extractors),
    assertion: ofElement(language.assertions),
    group: (index) => groupWords(plan, index),
  };
}

const longestText = 160;

/** What they are called says all, or all that can be said in a line. */
const named: ReadonlySet<string> = new Set(['matrix', 'transaction']);
const words: ReadonlyMap<string, string> = new Map([['sometimes', 'by chance or turn:']]);

/** `if { condition: … }`, `transaction "Two checks"`. */
function controllerText({ controller, label, config }: Entered): string {
  const name = templateText(label);
  const options = named.has(controller) ? '' : bare(own(config, controller, language.controllers));
  const rest = options.startsWith(`${controller}: `) ? options.slice(controller.length + 2) : options;
  const isNamed = name === '' || name === controller || rest.includes(name);
  return short(
    [
      words.get(controller) ?? controller,
      ...(isNamed ? [] : [`"${name}"`]),
      ...(rest === '' ? [] : [rest]),
    ].join(' '),
  );
}

function branchText({ controller, config }: Entered, { number, of }: NonNullable<Entered['branch']>): string {
  if (controller === 'cleanUp') return 'clean-up';
  if (controller === 'matrix') return `cell ${number} of ${of}: ${cellText(config)}`;
  const text = own(config, controller, language.controllers);
  if (controller === 'on') return `on ${bare(text)}`;
  return short(`branch ${number} of ${of}${text === '' ? '' : ` ${text}`}`);
}

function ofElement(syntaxes: readonly ElementSyntax[]): (element: TracedElement) => string {
  return ({ kind, config }) => {
    const text = own(config, kind, syntaxes);
    return short(text.includes(kind) ? bare(text) : `${kind} ${bare(text)}`.trim());
  };
}

/** Without defaults; nothing for a configuration that has nothing else. */
function own(config: ConfigNode, kind: string, syntaxes: readonly ElementSyntax[]): string {
  const schema = syntaxes.find((one) => one.kind === kind)?.schema;
  const text = configText(withUnits(ownConfig(config, schema), schema));
  return text === '{}' || text === '{  }' ? '' : text;
}

/** Durations as people write them. */
function withUnits(node: ConfigNode, { properties = {} }: JsonSchema = {}): ConfigNode {
  const written = (key: string, value: unknown): unknown =>
    typeof value === 'number' && properties[key]?.unit === 'ms' ? formatMs(value) : value;
  const inside = (constant: unknown): unknown =>
    typeof constant === 'object' && constant !== null && !Array.isArray(constant)
      ? Object.fromEntries(Object.entries(constant).map(([key, value]) => [key, written(key, value)]))
      : constant;
  if ('constant' in node) {
    return { constant: inside(node.constant), ...('shown' in node && { shown: inside(node.shown) }) };
  }
  if (!('object' in node)) return node;
  const entries = node.object.map(
    ([key, inner]) =>
      [key, 'constant' in inner ? { ...inner, constant: written(key, inner.constant) } : inner] as const,
  );
  return { object: entries };
}

/** `{ for: 1s }` is 1s: what stands alone needs no name. */
function bare(text: string): string {
  const [, only] = /^\{ (?:for|condition|count|outcome|name): ([^]*) \}$/.exec(text) ?? [];
  const [, several] = /^\{ ([^]*) \}$/.exec(text) ?? [];
  return only !== undefined && !only.includes(', ') ? only : (several ?? text);
}

function short(text: string): string {
  return text.length > longestText ? `${text.slice(0, longestText)}…` : text;
}

function groupWords({ groups }: CompiledPlan, index: number): ReturnType<PlanWords['group']> {
  const group = groups[index];
  if (group?.phase === 'setUp') return { head: 'Set-up', asWritten: null };
  if (!group || group.phase === 'tearDown') return { head: 'Tear-down', asWritten: null };
  const written = loadText(group, groups, null);
  const users = group.threads === 0 ? 'no users in the plan: nothing runs' : 'one user, one loop';
  return { head: `Thread group "${group.name}"`, asWritten: `${users}; as a load: ${written}` };
}
