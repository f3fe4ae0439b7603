import { isAccessName } from './access-names.ts';

/** `isInside`: it is one of several values in a field that gives access. */
export type Replace = (value: string, isInside?: boolean) => string;

/** A name, and what stands before it: as many backslashes as JSON stands in texts of JSON. */
const fieldHead = /(\\*)"([^"\\]{1,100})\1"\s*:\s*/g;
/** What follows a name, when it is no text. */
const number = /-?\d[\d.eE+-]*/y;
const opening = /[{[]/y;
/** What matters inside of braces: quotes, numbers, braces. */
const inside = /(\\*)"|-?\d[\d.eE+-]*|[{}[\]]/g;

/**
 * Replaces the values of fields that give access in JSON, be it whole or cut off, also all that such a field holds, and in
 * JSON that is a text of JSON again.
 */
export function inJsonFields(text: string, replace: Replace): string {
  let shown = '';
  let read = 0;
  fieldHead.lastIndex = 0;
  for (let found = fieldHead.exec(text); found !== null; found = fieldHead.exec(text)) {
    const [, slashes = '', name = ''] = found;
    if (!isAccessName(name)) continue;
    const from = fieldHead.lastIndex;
    const [value, end] = replacedValue(text, from, { quote: `${slashes}"`, replace });
    shown += text.slice(read, from) + value;
    read = fieldHead.lastIndex = end;
  }
  return shown + text.slice(read);
}

interface Way {
  /** A quote at this depth. */
  readonly quote: string;
  readonly replace: Replace;
}

/** The value at a place, replaced, and where it ends. */
function replacedValue(text: string, from: number, way: Way): [shown: string, end: number] {
  if (text.startsWith(way.quote, from)) return replacedText(text, from, way);
  number.lastIndex = opening.lastIndex = from;
  const [digits] = number.exec(text) ?? [];
  if (digits !== undefined) return [quoted(digits, way), from + digits.length];
  return opening.test(text) ? replacedBlock(text, from, way) : ['', from];
}

function replacedText(text: string, from: number, { quote, replace }: Way): [shown: string, end: number] {
  const begin = from + quote.length;
  const end = textEnd(text, begin, quote);
  const value = text.slice(begin, end);
  const closing = text.startsWith(quote, end) ? quote : '';
  return [`${quote}${value === '' ? '' : replace(value)}${closing}`, end + closing.length];
}

/** Where a text ends: at a quote of its depth, or where what it stands in ends; or it is cut off. */
function textEnd(text: string, from: number, quote: string): number {
  const quotes = /(\\*)"/g;
  quotes.lastIndex = from;
  const own = quote.length - 1;
  for (let found = quotes.exec(text); found !== null; found = quotes.exec(text)) {
    const slashes = found[0].length - 1;
    if (slashes < own) return found.index;
    // What belongs to the text is escaped once more than the quote: each backslash of it is twice as many.
    if (slashes % (2 * (own + 1)) === own) return found.index + slashes - own;
  }
  return text.length;
}

function quoted(value: string, { quote, replace }: Way): string {
  return `${quote}${replace(value)}${quote}`;
}

/** All values of an object or a list; the names in it stay. */
function replacedBlock(text: string, from: number, around: Way): [shown: string, end: number] {
  const way: Way = { ...around, replace: (value) => around.replace(value, true) };
  let shown = '';
  let read = from;
  let depth = 0;
  const parts = new RegExp(inside);
  parts.lastIndex = from;
  for (let found = parts.exec(text); found !== null; found = parts.exec(text)) {
    const [part] = found;
    if (part === '{' || part === '[') depth += 1;
    else if (part === '}' || part === ']') depth -= 1;
    else {
      const isText = part.endsWith('"');
      if (isText && part !== way.quote) break; // what all this stands in ends
      const [value, end] = isText
        ? replacedText(text, found.index, way)
        : [quoted(part, way), found.index + part.length];
      const isName = isText && /^\s*:/.test(text.slice(end, end + 20));
      shown += text.slice(read, found.index) + (isName ? text.slice(found.index, end) : value);
      read = parts.lastIndex = end;
    }
    if (depth === 0) return [shown + text.slice(read, parts.lastIndex), parts.lastIndex];
  }
  return [shown + text.slice(read), text.length];
}
