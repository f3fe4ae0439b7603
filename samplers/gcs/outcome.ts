import type { DataType, Outcome } from '../../engine/model/sample.ts';
import { headerPairs } from '../google/headers.ts';
import type { Call } from './call.ts';
import { faultWords, type FaultWords } from './fault-words.ts';
import type { Done } from './operation.ts';
import { RefusedError } from './refused-error.ts';

/** What an operation that went well amounts to. `seconds` is the time it took. */
export function doneOutcome(
  call: Call,
  { body, contentBytes, metrics = {} }: Done,
  seconds: number,
): Outcome {
  const { context } = call.options;
  const rates =
    contentBytes === undefined
      ? {}
      : { gcs_bytes: contentBytes, gcs_bytes_per_second: Math.round(contentBytes / Math.max(seconds, 1e-6)) };
  const bytes =
    body instanceof Uint8Array ? body : Buffer.from(body === undefined ? '' : JSON.stringify(body));
  return {
    ...told(call),
    ok: true,
    code: String(call.status),
    message: call.statusText,
    dataType: body instanceof Uint8Array ? dataTypeOf(call) : 'text',
    metrics: { ...rates, ...retries(call), ...metrics },
    ...(context.keepBody ? { body: bytes } : {}),
  };
}

/** What an operation that failed amounts to. */
export function failedOutcome(call: Call, words: FaultWords): Outcome {
  const { context } = call.options;
  return {
    ...told(call),
    ok: false,
    ...words,
    dataType: 'text',
    metrics: retries(call),
    ...(context.keepBody ? { body: Buffer.from(words.message) } : {}),
  };
}

/** What a part of an operation amounts to. `thrown`: null if it went well. */
export function partOutcome(
  call: Call,
  {
    thrown,
    where,
    bytes = call,
  }: { readonly thrown: unknown; readonly where: string; readonly bytes?: Bytes },
): Outcome {
  const words =
    thrown === null
      ? { code: String(call.status), message: call.statusText }
      : faultWords(call, thrown, where);
  const { bytesSent, bytesReceived } = bytes;
  return { ok: thrown === null, ...words, dataType: 'text', bytesSent, bytesReceived, url: call.url };
}

interface Bytes {
  readonly bytesSent: number;
  readonly bytesReceived: number;
}

/** Why the last request of a call failed; null if it did not. */
export function lastFailure({ error, refusal }: Call): Error | null {
  return error ?? (refusal === null ? null : new RefusedError(refusal));
}

type Told = 'bytesSent' | 'bytesReceived' | 'url' | 'contentType' | 'headers' | 'request';

function told(call: Call): Pick<Outcome, Told> {
  const { bytesSent, bytesReceived, url, sent, headers, options } = call;
  return {
    bytesSent,
    bytesReceived,
    url: url === '' ? null : url,
    ...(headers['content-type'] === undefined ? {} : { contentType: headers['content-type'] }),
    ...(options.context.keepHeaders ? { headers: headerPairs(headers) } : {}),
    ...(sent === null ? {} : { request: sent }),
  };
}

function retries({ retries: count }: Call): Readonly<Record<string, number>> {
  return count > 0 ? { gcs_retries: count } : {};
}

function dataTypeOf({ headers }: Call): DataType {
  return /^(text\/|application\/(json|xml|x-ndjson))/.test(headers['content-type'] ?? '') ? 'text' : 'bin';
}
