import { jsonNumber } from '../json/read-json.ts';
import { jsonIn } from '../model/json.ts';
import type { ConfigNode, Encoding, Template, TemplatePart } from '../model/template.ts';
import { chooser } from './choose.ts';
import { conditionRenderer } from './condition.ts';
import { callMistake, evaluatedSlot } from './functions/function.ts';
import { templateFunctions } from './functions/index.ts';
import { parseTemplate, TemplateError } from './parse.ts';
import { converter, RenderedTypeError } from './rendered-type.ts';
import type { Render, RenderScope } from './scope.ts';
import { loggingRenderer } from './told.ts';

/** Turns a template into a function, once per worker. Constants cost nothing when rendered. */
export function renderer(template: Template): Render {
  if (typeof template === 'string') return () => template;
  const pieces = template.map(piece);
  const [first, second, third] = pieces;
  if (!first) return () => '';
  if (!second) return first;
  if (!third) return (scope) => first(scope) + second(scope);
  return (scope) => {
    let text = '';
    for (const render of pieces) text += render(scope);
    return text;
  };
}

function piece(part: TemplatePart): Render {
  if (typeof part === 'string') return () => part;
  if ('secret' in part) return () => part.secret;
  if ('variable' in part) {
    const { variable } = part;
    const otherwise = part.orEmpty ? '' : `\${${variable}}`;
    return encoded((scope) => scope.get(variable) ?? otherwise, part.encode);
  }
  if ('choice' in part) {
    const [choose, texts] = [chooser(part.choice, renderer), part.among.map(renderer)];
    return (scope) => texts[choose(scope)]?.(scope) ?? '';
  }
  if ('joined' in part) {
    const texts = part.joined.map(renderer);
    const whole: Render = (scope) =>
      texts
        .map((text) => text(scope))
        .filter(Boolean)
        .join(part.separator);
    return encoded(whole, part.encode);
  }
  const found = templateFunctions.get(part.function);
  if (!found) throw new RangeError(`unknown function "${part.function}"`);
  const make = (args: readonly Render[]) => found.make(args, part.slot, textRenderer);
  const isLogged = found.logs === true && part.masked === true;
  const render = isLogged ? loggingRenderer(part.args, make, renderer) : make(part.args.map(renderer));
  return encoded(render, part.encode);
}

/** Parses text that came at run time. What is wrong with it leaves it as it is, and is logged when it is rendered. */
function textRenderer(text: string): Render {
  try {
    const template = parseTemplate(text, () => evaluatedSlot);
    checkCalls(template);
    return renderer(template);
  } catch (error) {
    if (!(error instanceof TemplateError || error instanceof RangeError)) throw error;
    return ({ host }) => {
      host.log('WARN', `"${text}" stays as it is: ${error.message}`);
      return text;
    };
  }
}

/** What `compile` checks in the text of the plan. */
function checkCalls(template: Template): void {
  if (typeof template === 'string') return;
  for (const part of template) {
    if (typeof part === 'string' || !('function' in part)) continue;
    const called = templateFunctions.get(part.function);
    const mistake = called && callMistake(called, part.args);
    if (mistake) throw new RangeError(mistake);
    part.args.forEach(checkCalls);
  }
}

function encoded(render: Render, encoding: Encoding | undefined): Render {
  switch (encoding) {
    case undefined:
      return render;
    case 'json':
      return (scope) => JSON.stringify(render(scope)).slice(1, -1);
    case 'url':
      return (scope) => encodeURIComponent(render(scope));
    case 'jsonNumber':
    case 'jsonBoolean':
    case 'jsonValue':
      return (scope) => jsonHole(render(scope), encoding);
  }
}

/** A text that stands in JSON as it is, its numbers with all their digits. Throws when it is not of that type. */
export function jsonHole(text: string, encoding: keyof typeof jsonHoles): string {
  const { path, expected, fit } = jsonHoles[encoding];
  const fitted = fit(text.trim());
  if (fitted === undefined) throw new RenderedTypeError(path, expected, text);
  return fitted;
}

const jsonHoles = {
  jsonNumber: {
    path: '$number',
    expected: 'a number as JSON writes it (7, -0.5, 1e3)',
    fit: (text: string) => (jsonNumber.test(text) ? text : undefined),
  },
  jsonBoolean: {
    path: '$boolean',
    expected: 'true or false',
    fit: (text: string) => (/^(?:true|false)$/i.test(text) ? text.toLowerCase() : undefined),
  },
  jsonValue: {
    path: '$json',
    expected: 'JSON',
    fit: (text: string) => (jsonIn(text) === undefined ? undefined : text),
  },
} as const;

/**
 * Turns a configuration into a function, once per worker. Parts without templates are the same frozen object
 * in every call, so that samplers may cache what they derive from them.
 */
export function configRenderer(node: ConfigNode): (scope: RenderScope) => unknown {
  if ('constant' in node) {
    const value = frozen(node.constant);
    return () => value;
  }
  if ('condition' in node) return conditionRenderer(node.condition, renderer);
  if ('text' in node) {
    const [render, convert] = [renderer(node.text), converter(node)];
    if (convert === null) return render;
    return (scope) => {
      const text = render(scope);
      return convert(text, text);
    };
  }
  if ('list' in node) {
    const items = node.list.map(configRenderer);
    return (scope) => items.map((item) => item(scope));
  }
  if ('choice' in node) {
    const [choose, values] = [chooser(node.choice, renderer), node.among.map(configRenderer)];
    return (scope) => values[choose(scope)]?.(scope);
  }
  const chosen = node.object.filter(([, child]) => 'choice' in child);
  return chosen.length === 0 ? objectRenderer(node.object) : choosingRenderer(node.object, chosen);
}

type Entries = readonly (readonly [key: string, node: ConfigNode])[];

function objectRenderer(entries: Entries): (scope: RenderScope) => Record<string, unknown> {
  // A copy of what is constant, with the rest written over it, costs a fraction of putting all keys in one by one.
  const constants = Object.fromEntries(
    entries.map(([key, child]) => [key, 'constant' in child ? frozen(child.constant) : undefined]),
  );
  const rendered = entries.flatMap(([key, child]) =>
    'constant' in child ? [] : [[key, configRenderer(child)] as const],
  );
  return (scope) => {
    const value: Record<string, unknown> = { ...constants };
    for (const [key, render] of rendered) value[key] = render(scope);
    return value;
  };
}

/** What is left out has no key. */
function choosingRenderer(entries: Entries, chosen: Entries): (scope: RenderScope) => unknown {
  const certain = objectRenderer(entries.filter((entry) => !chosen.includes(entry)));
  const optional = chosen.map(([key, child]) => [key, configRenderer(child)] as const);
  return (scope) => {
    const value = certain(scope);
    for (const [key, render] of optional) {
      const found = render(scope);
      if (found !== undefined) value[key] = found;
    }
    return value;
  };
}

/** The value, which nothing can change any more. */
export function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) frozen(inner);
  }
  return value;
}
