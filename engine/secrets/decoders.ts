import { unescapeEntities } from '../template/html-entities.ts';
import type { Decoder } from './view.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** `%C3%BC` is ü, and so are `%FC` (Latin-1) and `%u00FC` (JavaScript's `escape`). */
const percentSigns: Decoder = {
  sign: /%/,
  finds:
    /%u[\da-f]{4}|%f[0-7](?:%[89ab][\da-f]){3}|%e[\da-f](?:%[89ab][\da-f]){2}|%[cd][\da-f]%[89ab][\da-f]|%[\da-f]{2}/gi,
  decode(found) {
    if (found[1] === 'u' || found[1] === 'U') return String.fromCharCode(parseInt(found.slice(2), 16));
    if (found.length === 3) return String.fromCharCode(parseInt(found.slice(1), 16));
    const bytes = found.split('%').slice(1);
    return textOf(bytes.map((byte) => parseInt(byte, 16)));
  },
};

/** A space in a form or a query. */
const plusSigns: Decoder = { sign: /\+/, finds: /\+/g, decode: () => ' ' };

/** Names of ASCII's signs in HTML 5 and XML; those of HTML 4 are known besides. */
const signNames = new Map(
  "Tab:\t NewLine:\n excl:! num:# dollar:$ percnt:% apos:' lpar:( rpar:) ast:* plus:+ comma:, period:. sol:/"
    .split(/ (?=\w)/)
    .concat(
      'colon:: semi:; equals:= quest:? commat:@ lsqb:[ bsol:\\ rsqb:] Hat:^ lowbar:_ grave:`'.split(' '),
    )
    .concat('lcub:{ lbrace:{ verbar:| vert:| rcub:} rbrace:} lbrack:[ rbrack:]'.split(' '))
    .map((pair) => [pair.slice(0, pair.indexOf(':')), pair.slice(pair.indexOf(':') + 1)] as const),
);

/** `&amp;`, `&#38;`, `&#x26;`. */
const entities: Decoder = {
  sign: /&/,
  finds: /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]\w{1,9});/gi,
  decode(found) {
    const text = signNames.get(found.slice(1, -1)) ?? unescapeEntities(found);
    return text === found ? null : text;
  },
};

const letters: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  v: '\v',
  0: '\0',
};

/** `\n`, `\u00fc`, `\x1b`, `\/`: JSON, scripts, and patterns with their signs escaped. */
const backslashes: Decoder = {
  sign: /\\/,
  finds: /\\(?:u[\da-f]{4}|u\{[\da-f]{1,6}\}|x[\da-f]{2}|[^])/gi,
  decode(found) {
    if (found.length === 2) return letters[found[1] ?? ''] ?? found.slice(1);
    const code = parseInt(found.replaceAll(/^\\[ux]\{?|\}$/gi, ''), 16);
    return code > 0x10ffff ? null : String.fromCodePoint(code);
  },
};

/** The characters that Windows-1252 has from 0x80 on; where it has none, Latin-1's. */
const windows = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';
const further = `[\\x80-\\xbf${windows}]`;

/** `Ã¼`: the bytes of a text in UTF-8, read as Latin-1 or Windows-1252. */
const misreadings: Decoder = {
  sign: /[\xc2-\xf4]/,
  finds: new RegExp(`[\\xc2-\\xdf]${further}|[\\xe0-\\xef]${further}{2}|[\\xf0-\\xf4]${further}{3}`, 'g'),
  decode(found) {
    const bytes = Array.from(found, (character) => {
      const place = windows.indexOf(character);
      return place >= 0 ? 0x80 + place : character.charCodeAt(0);
    });
    try {
      return utf8.decode(new Uint8Array(bytes));
    } catch {
      return null;
    }
  },
};

/** `""`: a quote inside quotes in CSV and SQL. */
const doubledQuotes: Decoder = { sign: /["']/, finds: /""|''/g, decode: (found) => found.slice(1) };

/** Line ends as forms and headers have them. */
const lineEnds: Decoder = { sign: /\r/, finds: /\r\n/g, decode: () => '\n' };

/** `s\0e\0c\0`: a text in UTF-16 that was read as bytes. */
const noughts: Decoder = { sign: /\0/, finds: /\0/g, decode: () => '' };

/** Base64 in lines, as mails and keys have it. */
const brokenLines: Decoder = { sign: /\n[\w+/=]{4,76}(?:\r?\n|$)/, finds: /\r?\n[ \t]*/g, decode: () => '' };

function textOf(bytes: readonly number[]): string {
  try {
    return utf8.decode(new Uint8Array(bytes));
  } catch {
    return String.fromCharCode(...bytes);
  }
}

/** The ways to decode that may bring one of the secrets to light. */
export function decodersFor(secrets: readonly string[]): readonly Decoder[] {
  const holds = (pattern: RegExp) => secrets.some((secret) => pattern.test(secret));
  return [
    percentSigns,
    entities,
    backslashes,
    noughts,
    brokenLines,
    ...(holds(/[^\0-\x7f]/) ? [misreadings] : []),
    ...(holds(/ /) ? [plusSigns] : []),
    ...(holds(/["']/) ? [doubledQuotes] : []),
    ...(holds(/\n/) ? [lineEnds] : []),
  ];
}
