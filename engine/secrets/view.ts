/** A text as somebody reads it who decodes it in some way, with the way back to the text itself. */
export interface View {
  readonly text: string;
  /** Where a part of the view stands in the text that the first view was made of. */
  readonly source: (start: number, end: number) => readonly [start: number, end: number];
}

/** One way to decode: what it replaces, and by what. Null leaves a find as it is. */
export interface Decoder {
  /** Where this matches nothing, there is nothing to find. */
  readonly sign: RegExp;
  /** Global. */
  readonly finds: RegExp;
  decode(found: string): string | null;
}

/** The text as it is. */
export function plainView(text: string): View {
  return { text, source: (start, end) => [start, end] };
}

/** The same decoded; null where there is nothing to decode. */
export function decodedView(view: View, decoder: Decoder): View | null {
  const { sign, finds } = decoder;
  const { text } = view;
  if (!sign.test(text)) return null;
  const places: Place[] = [];
  const pieces: string[] = [];
  let read = 0;
  let written = 0;
  finds.lastIndex = 0;
  for (let match = finds.exec(text); match !== null; match = finds.exec(text)) {
    const { 0: found, index } = match;
    const made = decoder.decode(found);
    if (made === null) continue;
    const before = text.slice(read, index);
    const start = written + before.length;
    places.push({ start, end: start + made.length, from: index, to: index + found.length });
    pieces.push(before, made);
    read = index + found.length;
    written = start + made.length;
  }
  if (places.length === 0) return null;
  pieces.push(text.slice(read));
  return {
    text: pieces.join(''),
    source: (start, end) => view.source(outer(places, start, 'from'), outer(places, end, 'to')),
  };
}

/** Something decoded: where it stands now, and what it was made of. */
interface Place {
  readonly start: number;
  readonly end: number;
  readonly from: number;
  readonly to: number;
}

/** The place before decoding; within something decoded, the beginning or the end of it. */
function outer(places: readonly Place[], at: number, side: 'from' | 'to'): number {
  const found = places[lastBefore(places, at, side)];
  if (!found) return at;
  const isInside = side === 'from' ? at < found.end : at <= found.end;
  return isInside ? found[side] : found.to + (at - found.end);
}

/** The last place that begins before: for the beginning of a part, at it. */
function lastBefore(places: readonly Place[], at: number, side: 'from' | 'to'): number {
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const { start = 0 } = places[middle] ?? {};
    if (side === 'from' ? start <= at : start < at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
