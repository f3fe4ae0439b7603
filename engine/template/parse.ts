import type { Template, TemplatePart } from '../model/template.ts';

/** What is wrong with a template, and where in its text (from 0). */
export class TemplateError extends Error {
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.name = 'TemplateError';
    this.offset = offset;
  }
}

/**
 * Parses `${name}` and `${__function(a,b)}` by JMeter's rules (`FunctionParser.java`).
 *
 * - A backslash before `$`, `,` or `\` is removed, but only in text that holds at least one `${`.
 * - A variable's name runs to the first `}` and is not trimmed; a function's name is.
 * - Commas separate arguments; parentheses inside arguments balance; arguments may hold templates.
 * - `${__name}` without parentheses is a call without arguments; `${__jm__…}` is a variable (a loop's index).
 *
 * `nextSlot` numbers the function occurrences of a plan. Throws a `TemplateError`.
 */
export function parseTemplate(text: string, nextSlot: () => number): Template {
  if (!text.includes('${')) return text;
  return new Parser(text, nextSlot).template('');
}

class Parser {
  readonly #text: string;
  readonly #nextSlot: () => number;
  #at = 0;

  constructor(text: string, nextSlot: () => number) {
    this.#text = text;
    this.#nextSlot = nextSlot;
  }

  /** Reads up to one of the characters in `until` (outside parentheses), or to the end when it is empty. */
  template(until: string): Template {
    const parts: TemplatePart[] = [];
    let open = 0;
    for (; this.#at < this.#text.length; this.#at++) {
      const character = this.#text[this.#at] ?? '';
      if (open === 0 && until.includes(character)) break;
      if (this.#text.startsWith('${', this.#at)) {
        parts.push(this.#hole());
        continue;
      }
      if (until) open += nesting[character] ?? 0;
      appendText(parts, this.#unescaped(character));
    }
    const [first = '', second] = parts;
    return typeof first === 'string' && second === undefined ? first : parts;
  }

  #unescaped(character: string): string {
    const next = this.#text[this.#at + 1] ?? '';
    if (character !== '\\' || next === '' || !'$,\\'.includes(next)) return character;
    this.#at += 1;
    return next;
  }

  /** Reads `${…}`; leaves the position on its closing brace. */
  #hole(): TemplatePart {
    const start = this.#at;
    this.#at += 2;
    const rest = /^\s*(__\w+)\s*(?=[(}])/.exec(this.#text.slice(this.#at));
    if (rest?.[1] && !rest[1].startsWith('__jm__')) {
      this.#at += rest[0].length;
      return this.#call(rest[1], start);
    }
    const end = this.#text.indexOf('}', this.#at);
    if (end < 0) throw new TemplateError('"${" has no closing "}"', start);
    const name = this.#text.slice(this.#at, end);
    if (name === '') throw new TemplateError('"${}" names no variable', start);
    this.#at = end;
    return { variable: name };
  }

  #call(name: string, start: number): TemplatePart {
    const args: Template[] = [];
    if (this.#text[this.#at] === '(') {
      if (this.#text[this.#at + 1] === ')') this.#at += 1;
      else this.#arguments(args, name, start);
      this.#at += 1;
    }
    if (this.#text[this.#at] !== '}') {
      throw new TemplateError(`expected "}" after the call of ${name}`, this.#at);
    }
    return { function: name, args, slot: this.#nextSlot() };
  }

  /** Reads `(a,b)` from its opening parenthesis; leaves the position on the closing one. */
  #arguments(args: Template[], name: string, start: number): void {
    do {
      this.#at += 1;
      args.push(this.template(',)'));
    } while (this.#text[this.#at] === ',');
    if (this.#at >= this.#text.length) {
      throw new TemplateError(`the arguments of ${name} have no closing ")"`, start);
    }
  }
}

const nesting: Readonly<Record<string, number>> = { '(': 1, ')': -1 };

function appendText(parts: TemplatePart[], text: string): void {
  const last = parts.at(-1);
  if (typeof last === 'string') parts[parts.length - 1] = last + text;
  else parts.push(text);
}
