import { choiceForms, isChoice } from '../model/choice.ts';
import { didYouMean } from '../model/did-you-mean.ts';
import type { Position } from '../model/errors.ts';
import type { Template, TemplatePart } from '../model/template.ts';
import { parseTemplate, TemplateError } from '../template/parse.ts';
import { jsonHole } from '../template/render.ts';
import { RenderedTypeError } from '../template/rendered-type.ts';
import { masked } from '../model/masked.ts';
import { constantText, holdsSecret } from '../template/secret-parts.ts';
import { readChoice } from './choices.ts';
import { type Compilation, shortened } from './compilation.ts';

interface Place {
  readonly at: Position | undefined;
  readonly compilation: Compilation;
}

/** A part of a list or a map as text; one that may be left out is then the empty text. */
interface Member {
  readonly parts: TemplatePart[];
  readonly optional: boolean;
}

type TypedHole = Parameters<typeof jsonHole>[1];

/** How a value of another type than text is written inside `json:`. */
const typedHoles: Readonly<Record<string, TypedHole>> = {
  $number: 'jsonNumber',
  $boolean: 'jsonBoolean',
  $json: 'jsonValue',
};

/**
 * Serialises a value to JSON text with holes, once: what a user renders is a concatenation.
 *
 * Texts may hold templates, which stay texts. `{ $number: "${n}" }`, `{ $boolean: … }` and `{ $json: … }` put a
 * number, a boolean or any JSON value in their place. A choice puts in one of several values, or leaves out the key or
 * item.
 */
export function serialisedText(value: unknown, place: Place): Template {
  if (!isCertain(value, place)) {
    place.compilation.problem('the whole cannot be left out: give $switch a default', place.at);
  }
  return joined(json(value, place), place);
}

function isCertain(value: unknown, place: Place): boolean {
  if (!isChoice(value)) return true;
  const { certain, among } = readChoice(value, place);
  return certain && among.every((one) => isCertain(one.value, place));
}

function json(value: unknown, place: Place): TemplatePart[] {
  if (typeof value === 'string') return ['"', ...encoded(value, 'json', place), '"'];
  if (Array.isArray(value)) {
    const items = value.map((item, index) => member(item, within(value, index, place), json));
    return ['[', ...separated(items, ','), ']'];
  }
  if (typeof value !== 'object' || value === null) return [JSON.stringify(value ?? null)];
  if (isChoice(value)) return member(value, place, json).parts;
  const entries = Object.entries(value);
  const [only, more] = entries;
  if (only && !more) {
    const hole = typedHoles[only[0]];
    if (hole) return typedHole(only[1], hole, within(value, only[0], place));
  }
  const members = entries.map(([key, inner]) =>
    member(inner, within(value, key, place), (chosen, at) => [
      '"',
      ...encoded(key, 'json', place),
      '":',
      ...json(chosen, at),
    ]),
  );
  return ['{', ...separated(members, ','), '}'];
}

/**
 * `a=1&b=2`, percent-encoded, from a map; a list repeats its name. Spaces become `%20`, which every server reads
 * in a query and in a form.
 */
export function pairsText(value: unknown, place: Place): Template {
  return joined(pairs(value, place), place);
}

function pairs(value: unknown, place: Place): TemplatePart[] {
  if (isChoice(value)) return member(value, place, pairs).parts;
  if (typeof value !== 'object' || value === null) {
    place.compilation.problem('expected a map of names and values', place.at);
    return [];
  }
  const members = Object.entries(value).flatMap(([name, inner]: readonly [string, unknown]) =>
    itemsOf(inner).map((item) =>
      member(item, within(value, name, place), (chosen, at) => namedPairs(name, chosen, at)),
    ),
  );
  return separated(members, '&');
}

function namedPairs(name: string, value: unknown, place: Place): TemplatePart[] {
  const members = itemsOf(value).map((item): Member => {
    if (typeof item === 'object' && item !== null)
      place.compilation.problem(mapInPairs(name, item), place.at);
    return {
      parts: [...encoded(name, 'url', place), '=', ...encoded(String(item), 'url', place)],
      optional: false,
    };
  });
  return separated(members, '&');
}

function mapInPairs(name: string, value: object): string {
  const [key = ''] = Object.keys(value);
  const near = key.startsWith('$') ? didYouMean(key, Object.keys(choiceForms)) : '';
  return `${name}: expected a text or a number, or a list of them, found ${Array.isArray(value) ? 'a list' : 'a map'}.${near}`;
}

function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

/** What `write` makes of a value; of a choice, what it makes of each alternative. */
function member(
  value: unknown,
  place: Place,
  write: (value: unknown, place: Place) => TemplatePart[],
): Member {
  if (!isChoice(value)) return { parts: write(value, place), optional: false };
  const { compilation } = place;
  const { choice, among } = readChoice(value, place);
  const texts = among.map((one) => member(one.value, { at: one.at, compilation }, write).parts);
  return { parts: [{ choice, among: texts }], optional: true };
}

/** One after the other. Where one may be left out, its separator is decided when it is rendered. */
function separated(members: readonly Member[], separator: string): TemplatePart[] {
  if (members.some(({ optional }) => optional)) {
    return [{ joined: members.map(({ parts }) => parts), separator }];
  }
  return members.flatMap(({ parts }, index) => (index === 0 ? parts : [separator, ...parts]));
}

/** Where a choice stands is told; all else is told at the place of the whole. */
function within(holder: object, key: string | number, { at, compilation }: Place): Place {
  return { at: compilation.locate(holder, key) ?? at, compilation };
}

/** A number, a boolean or any JSON, checked at once where it is known, else when the whole text is rendered. */
function typedHole(value: unknown, hole: TypedHole, { at, compilation }: Place): TemplatePart[] {
  const maskable = compilation.maskable(String(value), at);
  const text = constantText(maskable);
  if (text === null) return [laterHole(maskable, hole)];
  const isSecret = holdsSecret(maskable);
  try {
    const fitted = jsonHole(text, hole);
    return [isSecret ? { secret: fitted } : fitted];
  } catch (error) {
    if (!(error instanceof RenderedTypeError)) throw error;
    compilation.problem(isSecret ? error.quoting(masked).message : error.message, at);
    return [];
  }
}

function laterHole(template: Template, hole: TypedHole): TemplatePart {
  const [only, more] = template;
  const isHole = typeof only === 'object' && ('variable' in only || 'function' in only) && !more;
  return isHole ? { ...only, encode: hole } : { joined: [template], separator: '', encode: hole };
}

/** A text's parts, each escaped for where it stands. */
function encoded(text: string, encoding: 'json' | 'url', { at, compilation }: Place): TemplatePart[] {
  try {
    const template = parseTemplate(text, compilation.nextSlot);
    if (typeof template !== 'string') {
      return template.map((part) =>
        typeof part === 'string'
          ? escaped(part, encoding)
          : 'variable' in part || 'function' in part
            ? { ...part, encode: encoding }
            : part,
      );
    }
    return [escaped(template, encoding)];
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    compilation.problem(`${error.message} in "${shortened(text)}"`, at);
    return [];
  }
}

function escaped(text: string, encoding: 'json' | 'url'): string {
  if (encoding === 'url') return encodeURIComponent(text);
  return JSON.stringify(text).slice(1, -1);
}

function joined(parts: readonly TemplatePart[], { at, compilation }: Place): Template {
  return compilation.checked(parts, at);
}
