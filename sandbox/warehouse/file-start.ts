import { open } from 'node:fs/promises';
import { constants, gunzipSync } from 'node:zlib';

export interface FileStart {
  readonly compression: 'gzip' | 'uncompressed';
  /** Its first characters, unpacked. */
  readonly text: string;
}

const readBytes = 4096;

/** What a file begins with; gzip is known by its first two bytes (RFC 1952, 2.3.1). */
export async function fileStart(path: string): Promise<FileStart> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(readBytes), 0, readBytes, 0);
    const bytes = buffer.subarray(0, bytesRead);
    if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) {
      return { compression: 'uncompressed', text: bytes.toString('utf8') };
    }
    const start = gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH });
    return { compression: 'gzip', text: start.toString('utf8') };
  } finally {
    await file.close();
  }
}
