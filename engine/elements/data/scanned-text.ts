/** How much of a file of data is looked through before the run; the rest of a larger one is checked when it is read. */
export const scannedBytes = 4 * 1024 * 1024;

/** The text of what was looked through, or where in it are bytes that are not of the encoding. A character cut at the end is let be. */
export function scannedText(bytes: Uint8Array, encoding = ''): string | { readonly mistake: string } {
  const decoder = new TextDecoder(encoding || 'utf-8', { fatal: true });
  try {
    return decoder.decode(bytes, { stream: bytes.length >= scannedBytes });
  } catch {
    const mistake = `there are bytes that are not ${decoder.encoding}.`;
    return { mistake: decoder.encoding === 'utf-8' ? `line ${badLine(bytes)}: ${mistake}` : mistake };
  }
}

/** The first line that is not UTF-8, from 1. */
function badLine(bytes: Uint8Array): number {
  const strict = new TextDecoder('utf-8', { fatal: true });
  let line = 1;
  for (let at = 0; at < bytes.length; line++) {
    const feed = bytes.indexOf(10, at);
    const end = feed < 0 ? bytes.length : feed;
    try {
      strict.decode(bytes.subarray(at, end));
    } catch {
      return line;
    }
    at = end + 1;
  }
  return line;
}
