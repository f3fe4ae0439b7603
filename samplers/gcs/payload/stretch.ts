import type { Payload } from './payload.ts';

/** A stretch of a payload that becomes an object. */
export interface Stretch {
  readonly payload: Payload;
  readonly fromByte: number;
  readonly toByte: number;
  /** A part of an object: conditions on the object are not for it. */
  readonly isPart: boolean;
}

/** Content of up to so many bytes is sent in one piece. */
const inOnePieceBytes = 2 ** 20;

/** Small content that is in memory, as one piece; null where pieces are to be asked for. */
export function onePiece({ bytes }: Payload, fromByte: number, toByte: number): Buffer | null {
  return bytes === null || toByte - fromByte > inOnePieceBytes ? null : bytes.subarray(fromByte, toByte);
}

/** All of a payload. */
export function wholeOf(payload: Payload): Stretch {
  return { payload, fromByte: 0, toByte: payload.sizeBytes, isPart: false };
}
