import { setImmediate as others } from 'node:timers/promises';

/** The same pieces; between two of them everybody else has a turn. */
export async function* givingWay(pieces: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) {
    yield piece;
    await others();
  }
}
