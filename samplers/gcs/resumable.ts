import type { Body, ReadAnswer } from './call.ts';
import { chunkMistake } from './check.ts';
import { objectOf } from './object-of.ts';
import type { Operation } from './operation.ts';
import { lastFailure, partOutcome } from './outcome.ts';
import { onePiece, type Stretch } from './payload/stretch.ts';
import { RefusedError } from './refused-error.ts';
import { mayPass } from './retried.ts';
import { beginSession, bytesThere, stalled } from './session.ts';
import { compareSent, RunningSum, sameThere } from './sums.ts';
import type { Sent } from './whole.ts';
import { requestOf } from './wire.ts';

/** Uploads a stretch in a session, in one request or in chunks, and compares the checksum. */
export async function resumable(operation: Operation, name: string, stretch: Stretch): Promise<Sent> {
  const mistake = chunkMistake(operation.config.chunkSize ?? 0);
  if (mistake !== null) throw new RangeError(mistake);
  const upload = new ResumableUpload(operation, name, stretch);
  const metadata = await upload.run();
  await compareSent(operation, name, metadata, upload.sum);
  return { metadata, sum: upload.sum };
}

/**
 * One upload after the protocol of cloud.google.com/storage/docs/resumable-uploads: whatever a request comes to, the service is asked
 * how much it has, and the next one goes on from there; a session that is gone is begun anew.
 *
 * `retries` count failures in a row: what gets through starts the count anew.
 */
class ResumableUpload {
  readonly sum: RunningSum;
  readonly #operation: Operation;
  readonly #name: string;
  readonly #stretch: Stretch;
  readonly #sizeBytes: number;
  /** Of the session; empty: none is open. */
  #url = '';
  /** How many bytes the session has; null: it has to be asked. */
  #there: number | null = 0;
  /** The most that a session has ever had. */
  #most = 0;
  /** Failures since something got through. */
  #failures = 0;
  /** The last answer that has brought nothing. */
  #stall: Error | null = null;

  constructor(operation: Operation, name: string, stretch: Stretch) {
    this.#operation = operation;
    this.#name = name;
    this.#stretch = stretch;
    this.#sizeBytes = stretch.toByte - stretch.fromByte;
    this.sum = new RunningSum(operation.config.validation);
  }

  /** Gives the metadata of the object. */
  async run(): Promise<Readonly<Record<string, unknown>>> {
    for (;;) {
      // A session that cannot be begun has had its retries.
      if (this.#url === '') {
        const there = await this.#begin();
        if (there !== null) return there;
      }
      try {
        const answer = await (this.#there === null ? this.#askHowFar() : this.#put(this.#there));
        if (answer.refusal !== null) throw new RefusedError(answer.refusal);
        if (answer.status !== 308) return objectOf(answer.json);
        this.#goOn(answer);
      } catch (error) {
        await this.#failed(error);
      }
    }
  }

  /** Gives the metadata of the object where a session that is gone has made it, so that a condition does not hold any more. */
  async #begin(): Promise<Readonly<Record<string, unknown>> | null> {
    try {
      this.#url = await beginSession(this.#operation, this.#name, this.#stretch);
      this.#there = 0;
      return null;
    } catch (error) {
      const isAllSent = this.sum.bytes === this.#sizeBytes && this.#failures > 0;
      if (!isAllSent || !(error instanceof RefusedError) || error.code !== 412) throw error;
      const there = await sameThere(this.#operation, this.#name, this.sum);
      if (there === null) throw error;
      return objectOf(there.json);
    }
  }

  /** Sends what is left, or as much of it as a chunk holds. */
  async #put(fromByte: number): Promise<ReadAnswer> {
    const { call, config } = this.#operation;
    const { chunkSize } = config;
    const toByte = Math.min(this.#sizeBytes, fromByte + (chunkSize ?? Infinity));
    const part = chunkSize === undefined ? null : call.options.context.begin();
    const { bytesSent, bytesReceived } = call;
    try {
      const headers = { 'content-range': this.#rangeOf(fromByte, toByte) };
      const body = this.#bodyOf(fromByte, toByte);
      return await call.ask(requestOf('PUT', this.#url, { headers, body }));
    } finally {
      const bytes = {
        bytesSent: call.bytesSent - bytesSent,
        bytesReceived: call.bytesReceived - bytesReceived,
      };
      part?.end(partOutcome(call, { thrown: lastFailure(call), where: this.#url, bytes }));
    }
  }

  #askHowFar(): Promise<ReadAnswer> {
    const headers = { 'content-length': '0', 'content-range': 'bytes */*' };
    return this.#operation.call.ask(requestOf('PUT', this.#url, { headers }));
  }

  /** As the official client writes it: the size is told with the last chunk, and not at all without chunks. */
  #rangeOf(fromByte: number, toByte: number): string {
    const sizeBytes = this.#sizeBytes;
    const isChunked = this.#operation.config.chunkSize !== undefined;
    if (fromByte === sizeBytes && (isChunked || sizeBytes > 0)) return `bytes */${sizeBytes}`;
    if (!isChunked) return `bytes ${fromByte}-*/*`;
    return `bytes ${fromByte}-${toByte - 1}/${toByte === sizeBytes ? sizeBytes : '*'}`;
  }

  #bodyOf(fromByte: number, toByte: number): Body {
    const { payload, fromByte: before } = this.#stretch;
    if (fromByte === toByte) return null;
    const small = onePiece(payload, before + fromByte, before + toByte);
    if (small === null) return () => this.#summed(payload.open(before + fromByte, before + toByte), fromByte);
    this.#sumUp(small, fromByte);
    return small;
  }

  async *#summed(
    pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
    fromByte: number,
  ): AsyncGenerator<Uint8Array> {
    let at = fromByte;
    for await (const piece of pieces) {
      this.#sumUp(piece, at);
      at += piece.length;
      yield piece;
    }
  }

  /** Adds what has not been sent before. */
  #sumUp(piece: Uint8Array, atByte: number): void {
    const known = Math.max(0, this.sum.bytes - atByte);
    if (known < piece.length) this.sum.update(piece.subarray(known));
  }

  /** Takes note of how far the session is. Throws when a request with content has brought it no further. */
  #goOn(answer: ReadAnswer): void {
    const { call } = this.#operation;
    const before = this.#there;
    const there = call.expects(() => bytesThere(answer, this.sum.bytes));
    this.#there = there;
    if (there > this.#most) {
      this.#most = there;
      this.#failures = 0;
    }
    if (before === null || there > before) return;
    const stall = stalled(answer, there);
    this.#stall = stall;
    call.expects(() => {
      throw stall;
    });
  }

  /** Throws what cannot pass; else waits, and leaves what comes next to the session. */
  async #failed(error: unknown): Promise<void> {
    const { call, config } = this.#operation;
    const isGone = error instanceof RefusedError && (error.code === 404 || error.code === 410);
    const isStalled = error === this.#stall;
    if (this.#failures >= config.retries || !(isGone || isStalled || mayPass(call, error))) throw error;
    call.retries += 1;
    if (isGone) this.#url = '';
    if (!isStalled) this.#there = null;
    await call.options.pause(this.#failures++, call.options.signal);
  }
}
