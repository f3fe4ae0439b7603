import type { Position } from '../model/errors.ts';
import type { Encoding, Template, TemplatePart } from '../model/template.ts';
import { parseTemplate, TemplateError } from '../template/parse.ts';
import { type Compilation, shortened } from './compilation.ts';

interface Place {
  readonly at: Position | undefined;
  readonly compilation: Compilation;
}

/** How a value of another type than text is written inside `json:`. */
const typedHoles: Readonly<Record<string, Encoding>> = {
  $number: 'jsonNumber',
  $boolean: 'jsonBoolean',
  $json: 'jsonValue',
};

/**
 * Serialises a value to JSON text with holes, once: what a user renders is a concatenation.
 *
 * Texts may hold templates, which stay texts. `{ $number: "${n}" }`, `{ $boolean: … }` and `{ $json: … }` put a
 * number, a boolean or any JSON value in their place.
 */
export function serialisedText(value: unknown, place: Place): Template {
  return joined(json(value, place), place);
}

function json(value: unknown, place: Place): TemplatePart[] {
  if (typeof value === 'string') return ['"', ...encoded(value, 'json', place), '"'];
  if (Array.isArray(value)) return ['[', ...separated(value.map((item) => json(item, place))), ']'];
  if (typeof value !== 'object' || value === null) return [JSON.stringify(value ?? null)];
  const entries = Object.entries(value);
  const [only, more] = entries;
  if (only && !more) {
    const hole = typedHoles[only[0]];
    if (hole) return encoded(String(only[1]), hole, place);
  }
  return [
    '{',
    ...separated(
      entries.map(([key, inner]) => ['"', ...encoded(key, 'json', place), '":', ...json(inner, place)]),
    ),
    '}',
  ];
}

/**
 * `a=1&b=2`, percent-encoded, from a map; a list repeats its name. Spaces become `%20`, which every server reads
 * in a query and in a form.
 */
export function pairsText(value: unknown, place: Place): Template {
  const pairs: TemplatePart[][] = [];
  for (const [name, inner] of Object.entries(typeof value === 'object' && value !== null ? value : {})) {
    for (const item of Array.isArray(inner) ? inner : [inner]) {
      pairs.push([...encoded(name, 'url', place), '=', ...encoded(String(item), 'url', place)]);
    }
  }
  return joined(separated(pairs, '&'), place);
}

function separated(lists: readonly TemplatePart[][], separator = ','): TemplatePart[] {
  return lists.flatMap((list, index) => (index === 0 ? list : [separator, ...list]));
}

/** A text's parts, each escaped for where it stands. A constant number or boolean is checked at once. */
function encoded(text: string, encoding: Encoding, { at, compilation }: Place): TemplatePart[] {
  try {
    const template = parseTemplate(text, compilation.nextSlot);
    if (typeof template !== 'string') {
      return template.map((part) =>
        typeof part === 'string' ? escaped(part, encoding) : { ...part, encode: encoding },
      );
    }
    return [escaped(template, encoding)];
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    compilation.problem(`${error.message} in "${shortened(text)}"`, at);
    return [];
  }
}

function escaped(text: string, encoding: Encoding): string {
  if (encoding === 'url') return encodeURIComponent(text);
  return encoding === 'json' ? JSON.stringify(text).slice(1, -1) : text;
}

function joined(parts: readonly TemplatePart[], { at, compilation }: Place): Template {
  return compilation.checked(parts, at);
}
