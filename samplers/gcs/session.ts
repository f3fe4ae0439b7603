import type { IncomingHttpHeaders } from 'node:http';
import { UnexpectedAnswer } from '../google/unexpected-answer.ts';
import type { ReadAnswer } from './call.ts';
import { contentTypeOf, metadataOf } from './content-type.ts';
import type { Operation } from './operation.ts';
import type { Stretch } from './payload/stretch.ts';
import { asked } from './retried.ts';
import { jsonRequest, uploadUrl } from './wire.ts';

/** Begins a resumable upload; gives the address of its session. */
export async function beginSession(
  operation: Operation,
  name: string,
  { payload, isPart }: Stretch,
): Promise<string> {
  const { call, bucket, config } = operation;
  const contentType = contentTypeOf(operation, name, payload);
  const ifGenerationMatch = isPart ? undefined : config.ifGenerationMatch;
  const url = uploadUrl(call, bucket, { name, uploadType: 'resumable', ifGenerationMatch });
  const request = jsonRequest('POST', url, metadataOf(operation));
  const typed = contentType === undefined ? {} : { 'x-upload-content-type': contentType };
  const answer = await asked(operation, { ...request, headers: { ...request.headers, ...typed } });
  return call.expects(() => addressOf(answer, url));
}

function addressOf(answer: ReadAnswer, asked: string): string {
  const { location = '' } = answer.headers;
  const address = location !== '' && URL.canParse(location, asked) ? new URL(location, asked) : null;
  if (answer.status < 300 && address !== null && /^https?:$/.test(address.protocol)) return address.href;
  const found = location === '' ? answer.body : `Location: ${location}`;
  throw unexpected(answer, 'the address of an upload session (header Location)', found);
}

/**
 * How many bytes a session has, by an answer of 308: `Range: bytes=0-99` are 100, none are 0. There cannot be more than it was sent.
 */
export function bytesThere(answer: ReadAnswer, sentBytes: number): number {
  const { range } = answer.headers;
  if (range === undefined || [range].flat().join('').trim() === '') return 0;
  const text = [range].flat().join(', ');
  const end = /^\s*(?:bytes\s*[= ]\s*)?0\s*-\s*(\d+)\s*$/i.exec(text)?.[1];
  const bytes = end === undefined ? Number.NaN : Number(end) + 1;
  if (bytes <= sentBytes) return bytes;
  throw unexpected(
    answer,
    `a Range from byte 0 on, of the ${sentBytes} bytes that were sent`,
    `Range: ${text}`,
  );
}

/** A 308 that says that nothing of what was sent has come. */
export function stalled(answer: ReadAnswer, atByte: number): UnexpectedAnswer {
  const expected = `that the service takes what is sent (308 with a Range beyond byte ${atByte})`;
  return unexpected(answer, expected, rangeText(answer.headers));
}

function rangeText({ range }: IncomingHttpHeaders): string {
  return range === undefined ? 'no Range' : `Range: ${[range].flat().join(', ')}`;
}

function unexpected({ status, headers }: ReadAnswer, expected: string, found: string): UnexpectedAnswer {
  return new UnexpectedAnswer({ status, contentType: headers['content-type'] ?? '' }, found, expected);
}
