/**
 * Text from plans and servers, safe to print: control characters, which could move the cursor or hide
 * text, are shown as `\x1b` or `\u{202e}`. What joins two emoji into one stays.
 */
export function visibleText(text: string): string {
  return text.replace(hidden, (char) => {
    const code = char.codePointAt(0) ?? 0;
    return code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
  });
}

const hidden = new RegExp(
  '(?!(?<=\\p{ExtPict}[\\ufe0f\\u{1f3fb}-\\u{1f3ff}]?)\\u200d\\p{ExtPict})[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]',
  'gu',
);

/** At most `width` columns: what is left out is left out of the middle, as names are told apart by both ends. */
export function cutMiddle(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  const tail = Math.floor((width - 1) / 2);
  const all = graphemes(text);
  const end = tail > 0 ? beginning(all.toReversed(), tail).toReversed() : [];
  return [...beginning(all, width - 1 - tail), '…', ...end].join('');
}

/** At most `width` columns: what is left out is left out of the end, as failures begin with what went wrong. */
export function cutEnd(text: string, width: number): string {
  return textWidth(text) <= width ? text : `${beginning(graphemes(text), width - 1).join('')}…`;
}

function beginning(all: readonly string[], width: number): string[] {
  let left = width;
  const end = all.findIndex((grapheme) => (left -= graphemeWidth(grapheme)) < 0);
  return all.slice(0, end < 0 ? undefined : end);
}

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** What a reader takes for one character: a letter with its accents, an emoji with its colour of skin. */
function graphemes(text: string): string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** How many columns of a terminal a text takes (UAX #11): two for East Asian wide characters and emoji, none for accents. */
export function textWidth(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  return graphemes(text).reduce((sum, grapheme) => sum + graphemeWidth(grapheme), 0);
}

const wide = new RegExp(
  '[\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Hangul}\\p{sc=Bopomofo}\\p{sc=Yi}\\p{sc=Tangut}' +
    '\\p{Emoji_Presentation}\\u2329\\u232a\\u2ff0-\\u303e\\u309b\\u309c\\u30a0\\u30fb\\u30fc\\u3190-\\u31ef' +
    '\\u3200-\\u4dbf\\uff01-\\uff60\\uffe0-\\uffe6]',
  'u',
);
/** Accents, joiners, and the vowels and ends of Korean syllables. */
const none = /[\p{Mn}\p{Me}\p{Cf}\u1160-\u11ff\ud7b0-\ud7ff]/u;
const halfWide = /[\uff61-\uffdc\uffe8-\uffee]/u;
/** A flag, or one that consists of several, or of a sign that is shown as one. */
const emoji = /\p{RI}{2}|\p{Emoji}\ufe0f|\p{Emoji_Presentation}/u;

function graphemeWidth(grapheme: string): number {
  if (emoji.test(grapheme)) return 2;
  return Array.from(grapheme).reduce((sum, char) => sum + charWidth(char), 0);
}

function charWidth(char: string): number {
  if (none.test(char)) return 0;
  return wide.test(char) && !halfWide.test(char) ? 2 : 1;
}

/** To the right of a column of that width. */
export function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - textWidth(text))) + text;
}
