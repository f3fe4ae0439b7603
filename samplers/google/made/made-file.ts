import { unlink, open, type FileHandle } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { messageOf } from '../../../engine/model/errors.ts';
import { formatBytes } from '../../../engine/model/units.ts';

/** Content that was made beforehand and can be read from any place, as often as wanted. */
export interface MadeContent {
  readonly sizeBytes: number;
  /** All of it, where it is in memory. */
  readonly bytes: Buffer | null;
  /** The bytes from one place to another (exclusive). */
  open(fromByte: number, toByte: number): Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}

/** What is larger goes into a file. */
export const mostInMemoryBytes = 64 * 2 ** 20;
const readBytes = 2 ** 18;

/** Makes all of a content: in memory, or in a file of the system’s temporary folder that has lost its name and goes with the process. */
export async function madeContent(
  pieces: AsyncIterable<Uint8Array>,
  mostBytes = mostInMemoryBytes,
): Promise<MadeContent> {
  const kept: Uint8Array[] = [];
  let keptBytes = 0;
  const rest = pieces[Symbol.asyncIterator]();
  while (keptBytes <= mostBytes) {
    const next = await rest.next();
    if (next.done === true) return inMemory(Buffer.concat(kept));
    kept.push(next.value);
    keptBytes += next.value.length;
  }
  return inNamelessFile(kept, rest);
}

async function inNamelessFile(
  beginning: readonly Uint8Array[],
  rest: AsyncIterator<Uint8Array>,
): Promise<MadeContent> {
  let file: FileHandle | null = null;
  try {
    file = await namelessFile();
    let sizeBytes = 0;
    const write = async (piece: Uint8Array) => {
      await file?.appendFile(piece);
      sizeBytes += piece.length;
    };
    for (const piece of beginning) await write(piece);
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) await write(next.value);
    return inFile(file, sizeBytes);
  } catch (error) {
    await file?.close();
    throw new Error(noRoom(error), { cause: error });
  }
}

/** Content that is there as a whole. */
export function inMemory(bytes: Buffer): MadeContent {
  return {
    sizeBytes: bytes.length,
    bytes,
    open: (from, to) => slices(bytes, from, Math.min(to, bytes.length)),
    close: () => Promise.resolve(),
  };
}

function inFile(file: FileHandle, sizeBytes: number): MadeContent {
  return {
    sizeBytes,
    bytes: null,
    open: (from, to) => readings(file, from, Math.min(to, sizeBytes)),
    close: () => file.close(),
  };
}

function* slices(bytes: Buffer, fromByte: number, toByte: number): Generator<Uint8Array> {
  for (let at = fromByte; at < toByte; at += readBytes) {
    yield bytes.subarray(at, Math.min(at + readBytes, toByte));
  }
}

async function* readings(file: FileHandle, fromByte: number, toByte: number): AsyncGenerator<Uint8Array> {
  for (let at = fromByte; at < toByte;) {
    const piece = Buffer.allocUnsafe(Math.min(readBytes, toByte - at));
    const { bytesRead } = await file.read(piece, 0, piece.length, at);
    if (bytesRead === 0) throw new Error('a file of generated data became shorter');
    at += bytesRead;
    yield piece.subarray(0, bytesRead);
  }
}

async function namelessFile(): Promise<FileHandle> {
  const path = join(tmpdir(), `loadplan-${randomUUID()}`);
  const file = await open(path, 'wx+', 0o600);
  await unlink(path);
  return file;
}

function noRoom(error: unknown): string {
  return (
    `generated data of more than ${formatBytes(mostInMemoryBytes)} are put into a file of the temporary folder, which failed: ` +
    `${messageOf(error)}. Make room in ${tmpdir()}, or set TMPDIR to another folder`
  );
}
