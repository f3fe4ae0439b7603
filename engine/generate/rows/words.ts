import { bitsAt } from './draw.ts';

/** Words that names are made of. */
export const firstWords =
  'amber brisk calm dusty early fresh grand hollow inner jolly keen lunar mellow north olive plain quiet rapid solar tidy upper vivid warm young'.split(
    ' ',
  );
export const secondWords =
  'anchor basin cedar delta ember falcon garnet harbor island juniper kernel lagoon meadow nectar orchid pebble quartz river summit timber valley willow yarrow zephyr'.split(
    ' ',
  );

const textWords =
  'record batch loaded order source table column value checked late arrived twice missing repaired by hand after the nightly window and then stored again with its origin in region while customers waited for an answer about shipment invoice payment refund stock price'.split(
    ' ',
  );
const textLength = 512 * 1024;
const textKey = 0x5eed;

/** A long text that texts are cut from, and where words begin in it. The same in every process. */
export interface Prose {
  readonly text: string;
  readonly wordStarts: Uint32Array;
}

let prose: Prose | undefined;

/** Made when the first text is asked for, in some 10 ms. */
export function proseOf(): Prose {
  return (prose ??= writeProse());
}

/** Commas and quotes stand in it here and there, so that readers of CSV have something to do; no line ends. */
function writeProse(): Prose {
  const parts: string[] = [];
  const starts: number[] = [];
  let length = 0;
  for (let n = 0; length < textLength; n++) {
    const bits = bitsAt(textKey, n);
    const word = textWords[bits % textWords.length] ?? '';
    const mark = bits >>> 24;
    const part = mark < 4 ? `"${word}" ` : mark < 16 ? `${word}, ` : mark < 28 ? `${word}. ` : `${word} `;
    starts.push(length);
    parts.push(part);
    length += part.length;
  }
  return { text: parts.join(''), wordStarts: Uint32Array.from(starts) };
}
