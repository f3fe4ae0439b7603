/** What is written at a time: some 64 KiB take a millisecond or so to make. */
const pieceCharacters = 64 * 1024;

/** Puts texts together until they make a piece worth writing, as UTF-8. */
export function* linePieces(parts: Iterable<string>): Generator<Uint8Array> {
  let text = '';
  for (const part of parts) {
    text += part;
    if (text.length < pieceCharacters) continue;
    yield Buffer.from(text);
    text = '';
  }
  if (text !== '') yield Buffer.from(text);
}
