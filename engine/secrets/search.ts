/** Where something stands in a text. */
export type Part = readonly [start: number, end: number];

/** As many characters are left to the machine's own search, which is the fastest and may compare all of them anew at each place. */
const compared = 32;
const nothing: readonly Part[] = [];

/** Finds all places of a text in another, one after the other, in a time that only grows with what is searched. */
export function searchFor(wanted: string): (text: string) => readonly Part[] {
  const head = wanted.slice(0, compared);
  let fallbacks: Uint32Array | undefined;
  return (text) => {
    const first = text.length < wanted.length ? -1 : text.indexOf(head);
    if (first < 0) return nothing;
    if (head === wanted) return simply(text, wanted, first);
    fallbacks ??= fallbacksOf(wanted);
    return steadily(text, first, { wanted, fallbacks });
  };
}

/** What programs put where they leave off the rest of a text; ours do. */
export const cutMark = '…';

/** Where a text was cut: what stands of another, at least so many characters, before an ellipsis or behind it. */
export function cutParts(text: string, wanted: string, least: number): readonly Part[] {
  const found: Part[] = [];
  for (let cut = text.indexOf(cutMark); cut >= 0; cut = text.indexOf(cutMark, cut + 1)) {
    const begun = beginningBefore(cut, text, wanted, least);
    const ended = endBehind(cut + cutMark.length, text, wanted, least);
    found.push(...begun, ...ended);
  }
  return found;
}

/** A text that repeats its own beginning is compared no more often. */
const mostTries = 100;

function beginningBefore(cut: number, text: string, wanted: string, least: number): Part[] {
  const head = wanted.slice(0, least);
  let start = text.indexOf(head, Math.max(0, cut - wanted.length));
  for (let tries = 0; tries < mostTries && start >= 0 && start + least <= cut; tries++) {
    if (wanted.startsWith(text.slice(start, cut))) return [[start, cut]];
    start = text.indexOf(head, start + 1);
  }
  return [];
}

function endBehind(cut: number, text: string, wanted: string, least: number): Part[] {
  const tail = wanted.slice(-least);
  let start = text.lastIndexOf(tail, cut + wanted.length - least);
  for (let tries = 0; tries < mostTries && start >= cut; tries++) {
    if (wanted.endsWith(text.slice(cut, start + least))) return [[cut, start + least]];
    start = start === 0 ? -1 : text.lastIndexOf(tail, start - 1);
  }
  return [];
}

function simply(text: string, wanted: string, first: number): Part[] {
  const found: Part[] = [];
  for (let at = first; at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
    found.push([at, at + wanted.length]);
  }
  return found;
}

/** Knuth, Morris and Pratt's search: never looks back. */
function steadily(
  text: string,
  first: number,
  { wanted, fallbacks }: { readonly wanted: string; readonly fallbacks: Uint32Array },
): Part[] {
  const found: Part[] = [];
  let matched = 0;
  for (let at = first; at < text.length; at++) {
    const code = text.charCodeAt(at);
    while (matched > 0 && wanted.charCodeAt(matched) !== code) matched = fallbacks[matched - 1] ?? 0;
    if (wanted.charCodeAt(matched) === code) matched += 1;
    if (matched < wanted.length) continue;
    found.push([at + 1 - matched, at + 1]);
    matched = 0;
  }
  return found;
}

/** For each beginning of a text, how much of its end is a beginning, too. */
function fallbacksOf(wanted: string): Uint32Array {
  const lengths = new Uint32Array(wanted.length);
  let matched = 0;
  for (let at = 1; at < wanted.length; at++) {
    const code = wanted.charCodeAt(at);
    while (matched > 0 && wanted.charCodeAt(matched) !== code) matched = lengths[matched - 1] ?? 0;
    if (wanted.charCodeAt(matched) === code) matched += 1;
    lengths[at] = matched;
  }
  return lengths;
}
