import { createCipheriv, createHash } from 'node:crypto';

/** What the content of an endless stream is like. */
export interface EndlessContent {
  /** Share of the bytes that compression saves, 0 to 1. */
  readonly compressibility: number;
  /** The same seed gives the same bytes. */
  readonly seed: number;
}

/** Pieces are made whole, on borders of the same multiples, whatever is asked for. */
const pieceBytes = 2 ** 18;
/** Each cell begins with bytes that cannot be compressed and ends with zeros. gzip looks back 32 KiB, far beyond one. */
const cellBytes = 4096;
const zeros = Buffer.alloc(pieceBytes);
const cipherBlockBytes = 16n;

/**
 * The bytes from one place of an endless stream to another (exclusive), in pieces of up to 256 KiB.
 *
 * The content is the key stream of AES-128 in counter mode (3.5 GB/s here), with zeros for the share that is to be
 * compressible: at any place it depends on the seed and the place alone, so that parts can be made apart.
 */
export function* endlessPieces(
  { compressibility, seed }: EndlessContent,
  fromByte: number,
  toByte: number,
): Generator<Buffer> {
  const noiseBytes = Math.round((1 - compressibility) * cellBytes);
  const first = Math.floor(fromByte / pieceBytes) * pieceBytes;
  const cipher = cipherAt(seed, first);
  for (let start = first; start < toByte; start += pieceBytes) {
    const piece = noiseBytes === 0 ? zeros : withZeros(cipher.update(zeros), noiseBytes);
    yield piece.subarray(Math.max(0, fromByte - start), Math.min(pieceBytes, toByte - start));
  }
}

function withZeros(piece: Buffer, noiseBytes: number): Buffer {
  for (let cell = 0; noiseBytes < cellBytes && cell < piece.length; cell += cellBytes) {
    piece.fill(0, cell + noiseBytes, cell + cellBytes);
  }
  return piece;
}

/** The key stream as it goes on from a place, which is a multiple of the cipher's block. */
function cipherAt(seed: number, offset: number) {
  const digest = createHash('sha256').update(`loadplan ${seed}`).digest();
  const counter = Buffer.alloc(16);
  digest.copy(counter, 0, 16, 24);
  counter.writeBigUInt64BE(BigInt(offset) / cipherBlockBytes, 8);
  return createCipheriv('aes-128-ctr', digest.subarray(0, 16), counter);
}
