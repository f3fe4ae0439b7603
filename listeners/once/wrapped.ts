import { cutEnd, textWidth, visibleText } from '../visible-text.ts';

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * A text in lines of at most `width` columns, each with `first` or `next` before it. It is broken at blanks, and
 * where there are none for long, as in URLs, anywhere.
 */
export function wrapped(text: string, width: number, { first, next = first }: Margins): string[] {
  const lines: string[] = [];
  let left = visibleText(text);
  do {
    const margin = lines.length === 0 ? first : next;
    const room = Math.max(10, width - textWidth(margin));
    const part = textWidth(left) <= room ? left : beginning(left, room);
    lines.push(`${margin}${part}`.trimEnd());
    left = left.slice(part.length);
    if (left !== '') left = left.replace(/^ +/, '');
  } while (left !== '');
  return lines;
}

export interface Margins {
  readonly first: string;
  readonly next?: string;
}

/** As much as fits; to the last blank, unless that is in the first half. */
function beginning(text: string, room: number): string {
  let taken = '';
  let columns = 0;
  for (const { segment } of segmenter.segment(text)) {
    columns += textWidth(segment);
    if (columns > room) break;
    taken += segment;
  }
  const blank = taken.lastIndexOf(' ');
  return blank > taken.length / 2 ? taken.slice(0, blank + 1) : taken || cutEnd(text, room);
}
