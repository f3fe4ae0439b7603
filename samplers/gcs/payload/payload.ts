import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { WrittenDataSet } from '../../../engine/generate/written.ts';
import type { OpenOptions } from '../../../engine/model/sampler.ts';
import { inMemory } from '../../google/made/made-file.ts';
import type { MadeFiles } from '../../google/made/made-files.ts';
import type { GcsConfig } from '../schema.ts';
import { repeated, type EndlessBank } from './bank.ts';

/** What an upload holds. It can be opened at any place and more than once, and gives the same bytes each time. */
export interface Payload {
  readonly sizeBytes: number;
  /** All of it, where it is in memory. */
  readonly bytes: Buffer | null;
  /** Null: nothing is known of it. */
  readonly contentType: string | null;
  /** The bytes from one place to another (exclusive). */
  open(fromByte: number, toByte: number): Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
  /** Rows that are made; absent where there are none. */
  readonly rows?: number;
  /** The operation is over. */
  release(): void;
}

/** What payloads are made with. */
export interface PayloadSources extends Pick<OpenOptions, 'pathOf'> {
  readonly made: MadeFiles;
  readonly bank: EndlessBank;
}

const readBytes = 2 ** 18;
const nothing = () => undefined;

/** The payload of an upload; null: it is none. What must be made is made by now. Throws what the file system throws. */
export function payloadOf(
  config: GcsConfig,
  { pathOf, made, bank }: PayloadSources,
): Payload | Promise<Payload> | null {
  const { upload, file, text, json, stream, generate } = config;
  if (upload === undefined) return null;
  if (file !== undefined) return filePayload(pathOf(file));
  if (generate !== undefined) return made.take(writtenOf({ ...config, generate, rows: config.rows ?? 0 }));
  if (stream !== undefined) {
    const { size: sizeBytes } = stream;
    const beginning = bank.of(stream, sizeBytes);
    const open = (from: number, to: number) => repeated(beginning, from, to);
    return { sizeBytes, bytes: null, contentType: null, open, release: nothing };
  }
  const contentType = json === undefined ? null : 'application/json';
  return { ...inMemory(Buffer.from(json ?? text ?? '')), contentType, release: nothing };
}

/** Whether something is made for it that may take a while. */
export function isMade({ upload, generate }: Pick<GcsConfig, 'upload' | 'generate'>): boolean {
  return upload !== undefined && generate !== undefined;
}

/** What says which file it is, without the rest of the step: the same file goes into many objects. */
function writtenOf(config: WrittenDataSet): WrittenDataSet {
  const { generate, rows, columns, seed, bad, badKinds, format, compression, header } = config;
  const optional = { columns, badKinds, compression };
  const given = Object.entries(optional).filter(([, value]) => value !== undefined);
  return { generate, rows, seed, bad, format, header, ...Object.fromEntries(given) };
}

async function filePayload(path: string): Promise<Payload> {
  const { size } = await stat(path);
  return {
    sizeBytes: size,
    bytes: null,
    contentType: null,
    open: (from, to) =>
      to > from ? createReadStream(path, { start: from, end: to - 1, highWaterMark: readBytes }) : [],
    release: nothing,
  };
}
