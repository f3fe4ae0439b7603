import { endlessPieces, type EndlessContent } from './endless.ts';

/** After so many bytes an endless stream repeats itself: beyond the window of any usual compression. */
export const periodBytes = 64 * 2 ** 20;
/** The least that is made at a time. */
const leastBytes = 2 ** 20;
const pieceBytes = 2 ** 18;
/** Contents that a worker keeps. */
const mostKept = 4;

/** The bytes of endless streams, made before the time of a sample begins: in it they are only handed on. */
export class EndlessBank {
  readonly #kept = new Map<string, Buffer>();

  /** The beginning of a stream, long enough for so many bytes. */
  of({ compressibility, seed }: EndlessContent, sizeBytes: number): Buffer {
    const key = `${compressibility} ${seed}`;
    const known = this.#kept.get(key);
    if (known !== undefined && known.length >= Math.min(sizeBytes, periodBytes)) return known;
    const made = Buffer.allocUnsafe(madeBytes(sizeBytes));
    let at = 0;
    for (const piece of endlessPieces({ compressibility, seed }, 0, made.length)) at += piece.copy(made, at);
    const [oldest = ''] = this.#kept.keys();
    if (known === undefined && this.#kept.size >= mostKept) this.#kept.delete(oldest);
    this.#kept.set(key, made);
    return made;
  }
}

/** From one place of a stream to another (exclusive), as views of its beginning. */
export function* repeated(beginning: Buffer, fromByte: number, toByte: number): Generator<Buffer> {
  for (let at = fromByte; at < toByte;) {
    const place = at % periodBytes;
    const end = Math.min(place + pieceBytes, place + toByte - at, periodBytes);
    yield beginning.subarray(place, end);
    at += end - place;
  }
}

/** A power of two, so that a stream that grows from sample to sample is not made anew each time. */
function madeBytes(sizeBytes: number): number {
  return Math.min(periodBytes, 2 ** Math.ceil(Math.log2(Math.max(sizeBytes, leastBytes))));
}
