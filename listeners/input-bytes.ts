import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { UserError } from '../engine/model/errors.ts';
import { systemCause } from './system-cause.ts';

/** Bytes of a file or of standard input, of which the beginning has been looked at. */
export interface Input {
  /** As people know it. */
  readonly name: string;
  readonly head: Buffer;
  /** All of it, the beginning too; once. Whoever does not read it to its end closes it. */
  readonly chunks: AsyncIterable<Buffer>;
  /** Whether it was packed and broke off; known at its end. */
  isCut(): boolean;
  close(): Promise<void>;
}

const headBytes = 64 * 1024;

/** What stands for standard input. */
export const standardInput = '-';

/** Opens a file, or standard input for `-`; what gzip has packed is unpacked. Throws a `UserError`. */
export async function openInput(path: string): Promise<Input> {
  const name = path === standardInput ? 'standard input' : path;
  const raw = await begun(bytesOf(path, name));
  if (raw.head[0] !== 0x1f || raw.head[1] !== 0x8b) return { ...raw, name, isCut: () => false };
  let isCut = false;
  const unpacked = await begun(unpack(raw.chunks, name, () => (isCut = true)));
  return { ...unpacked, name, isCut: () => isCut };
}

async function* bytesOf(path: string, name: string): AsyncGenerator<Buffer> {
  const stream: AsyncIterable<Uint8Array> =
    path === standardInput ? process.stdin : createReadStream(path, { highWaterMark: 256 * 1024 });
  try {
    for await (const chunk of stream) yield Buffer.from(chunk);
  } catch (error) {
    throw new UserError(`cannot read ${name}: ${systemCause(error)}`);
  }
}

/** What was being packed when a run was killed lacks its end: all that is there is given. */
async function* unpack(packed: AsyncIterable<Buffer>, name: string, cut: () => void): AsyncGenerator<Buffer> {
  const source = Readable.from(packed);
  const gunzip = createGunzip();
  source.on('error', (error) => gunzip.destroy(error));
  try {
    const unpacked: AsyncIterable<Uint8Array> = source.pipe(gunzip);
    for await (const chunk of unpacked) yield Buffer.from(chunk);
  } catch (error) {
    if (error instanceof UserError) throw error;
    if (error instanceof Error && 'code' in error && error.code === 'Z_BUF_ERROR') cut();
    else throw new UserError(`${name}: what gzip has packed is damaged: ${systemCause(error)}`);
  }
}

/** Reads the beginning of what comes in pieces. */
async function begun(pieces: AsyncGenerator<Buffer>): Promise<Omit<Input, 'name' | 'isCut'>> {
  const first: Buffer[] = [];
  let bytes = 0;
  while (bytes < headBytes) {
    const next = await pieces.next();
    if (next.done) break;
    first.push(next.value);
    bytes += next.value.length;
  }
  const start = Buffer.concat(first);
  async function* all(): AsyncGenerator<Buffer> {
    if (start.length > 0) yield start;
    yield* pieces;
  }
  return {
    head: start.subarray(0, headBytes),
    chunks: all(),
    close: async () => {
      await pieces.return(undefined);
    },
  };
}

/** The text of bytes in UTF-8 that come in pieces. */
export async function* textOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8');
  for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}
