import { createHash, type Hash } from 'node:crypto';
import { Crc32c } from '../../engine/checksum/crc32c.ts';
import { messageOf } from '../../engine/model/errors.ts';
import { ChecksumError } from './checksum-error.ts';
import type { ReadAnswer } from './call.ts';
import { objectOf, shownText } from './object-of.ts';
import type { Operation } from './operation.ts';
import { asked } from './retried.ts';
import type { GcsConfig } from './schema.ts';
import { objectUrl, requestOf } from './wire.ts';

/** The checksum of what passes, of the kind that is to be compared. */
export class RunningSum {
  readonly #crc32c: Crc32c | null;
  readonly #md5: Hash | null;
  #text: string | null = null;
  /** Bytes that have passed. */
  bytes = 0;

  constructor(kind: GcsConfig['validation']) {
    this.#crc32c = kind === 'crc32c' ? new Crc32c() : null;
    this.#md5 = kind === 'md5' ? createHash('md5') : null;
  }

  update(piece: Uint8Array): void {
    this.bytes += piece.length;
    this.#crc32c?.update(piece);
    this.#md5?.update(piece);
  }

  /** The CRC32C as a number; 0 without one. */
  get crc32c(): number {
    return this.#crc32c?.value() ?? 0;
  }

  /** As Cloud Storage writes it. Nothing passes after that. */
  text(): string {
    return (this.#text ??= this.#md5?.digest('base64') ?? this.#crc32c?.base64() ?? '');
  }
}

/**
 * Compares what was sent with what the service says it has. An object that is not what was sent is deleted, as the official client
 * does it, and a `ChecksumError` is thrown.
 */
export async function compareSent(
  operation: Operation,
  name: string,
  metadata: Readonly<Record<string, unknown>>,
  sum: RunningSum,
): Promise<void> {
  const { validation } = operation.config;
  if (validation === 'none') return;
  const found = shownText(metadata[validation === 'md5' ? 'md5Hash' : 'crc32c']);
  const sent = sum.text();
  if (found === sent) return;
  const fate = await deleted(operation, name);
  throw new ChecksumError(
    `the service has ${validation} ${found} for ${name}, what was sent has ${sent}; the object is not what was sent and ${fate}`,
  );
}

/** What the service tells of an object that is what was sent, in an answer; null for another one. */
export async function sameThere(
  { call, bucket, config }: Operation,
  name: string,
  sum: RunningSum,
): Promise<ReadAnswer | null> {
  const answer = await call.ask(requestOf('GET', objectUrl(call, bucket, name)));
  if (answer.refusal !== null) return null;
  const { size, crc32c, md5Hash } = objectOf(answer.json);
  const { validation } = config;
  const isSame = validation === 'none' || sum.text() === shownText(validation === 'md5' ? md5Hash : crc32c);
  return isSame && shownText(size) === String(sum.bytes) ? answer : null;
}

async function deleted(operation: Operation, name: string): Promise<string> {
  try {
    await asked(operation, requestOf('DELETE', objectUrl(operation.call, operation.bucket, name)));
    return 'was deleted';
  } catch (error) {
    return `could not be deleted: ${messageOf(error)}`;
  }
}
