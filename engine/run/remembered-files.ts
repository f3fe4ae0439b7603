import type { ReadBytes } from '../model/ports.ts';

/** What is remembered at most; of more, the files longest unread are forgotten. A larger file is read each time. */
const maxRememberedBytes = 64 * 1024 * 1024;

/**
 * Reads files whole and remembers them, for samplers that send them again and again. A file that changes during a
 * run may be sent as it was.
 */
export function rememberedFiles(readBytes: ReadBytes, limitBytes: number = maxRememberedBytes): ReadBytes {
  /** Longest unread first. */
  const remembered = new Map<string, Uint8Array>();
  let heldBytes = 0;
  return (path) => {
    const known = remembered.get(path);
    const bytes = known ?? readBytes(path);
    remembered.delete(path);
    if (bytes.length > limitBytes) return bytes;
    remembered.set(path, bytes);
    if (known === undefined) heldBytes += bytes.length;
    for (const [other, { length }] of remembered) {
      if (heldBytes <= limitBytes) break;
      remembered.delete(other);
      heldBytes -= length;
    }
    return bytes;
  };
}
