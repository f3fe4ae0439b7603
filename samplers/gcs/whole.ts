import { randomUUID } from 'node:crypto';
import { contentTypeOf, metadataOf } from './content-type.ts';
import type { Operation } from './operation.ts';
import { onePiece, type Stretch } from './payload/stretch.ts';
import { askedJson } from './retried.ts';
import { compareSent, RunningSum, sameThere } from './sums.ts';
import { requestOf, uploadUrl } from './wire.ts';

/** Metadata of an object as the service tells them, and what was sent. */
export interface Sent {
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly sum: RunningSum;
}

const nothing = Buffer.alloc(0);
const anyType = 'application/octet-stream';

/** Uploads content in one request without metadata (`uploadType=media`), which the official client never does. */
export function media(operation: Operation, name: string, stretch: Stretch): Promise<Sent> {
  return sendWhole(operation, name, stretch, {
    uploadType: 'media',
    type: contentTypeOf(operation, name, stretch.payload) ?? anyType,
    before: nothing,
    after: nothing,
  });
}

/** Uploads metadata and content in one request, of the form multipart/related (RFC 2387). */
export function multipart(operation: Operation, name: string, stretch: Stretch): Promise<Sent> {
  const contentType = contentTypeOf(operation, name, stretch.payload);
  const boundary = randomUUID();
  const part = (type: string) => `--${boundary}\r\nContent-Type: ${type}\r\n\r\n`;
  const metadata = JSON.stringify({ ...metadataOf(operation), contentType });
  return sendWhole(operation, name, stretch, {
    uploadType: 'multipart',
    type: `multipart/related; boundary=${boundary}`,
    before: Buffer.from(`${part('application/json')}${metadata}\r\n${part(contentType ?? anyType)}`),
    after: Buffer.from(`\r\n--${boundary}--`),
  });
}

interface Frame {
  readonly uploadType: string;
  readonly type: string;
  /** What stands around the content. */
  readonly before: Buffer;
  readonly after: Buffer;
}

async function sendWhole(
  operation: Operation,
  name: string,
  stretch: Stretch,
  { uploadType, type, before, after }: Frame,
): Promise<Sent> {
  const { call, bucket, config } = operation;
  const { fromByte, toByte, isPart } = stretch;
  let sum = new RunningSum(config.validation);
  /** Of all that was sent, should a later try be refused before it is read. */
  let whole: RunningSum | null = null;
  const small = onePiece(stretch.payload, fromByte, toByte);
  if (small !== null) sum.update(small);
  const headers = {
    'content-type': type,
    'content-length': String(before.length + toByte - fromByte + after.length),
  };
  const ifGenerationMatch = isPart ? undefined : config.ifGenerationMatch;
  const url = uploadUrl(call, bucket, { uploadType, name, ifGenerationMatch });
  const again = () => {
    if (sum.bytes === toByte - fromByte) whole = sum;
    return framed(stretch, { before, after }, (sum = new RunningSum(config.validation)));
  };
  const body = small === null ? again : joined(before, small, after);
  // A condition that no longer holds, as the object is there from the try whose answer was lost.
  const instead = () => sameThere(operation, name, (sum = whole ?? sum));
  const repeat = ifGenerationMatch === undefined ? undefined : { status: 412, instead };
  const metadata = await askedJson(operation, requestOf('POST', url, { headers, body }), repeat);
  await compareSent(operation, name, metadata, sum);
  return { metadata, sum };
}

function joined(before: Buffer, content: Buffer, after: Buffer): Buffer {
  return before.length + after.length === 0 ? content : Buffer.concat([before, content, after]);
}

/** Pieces are handed on as they are, and summed up anew each time that they are sent. */
async function* framed(
  { payload, fromByte, toByte }: Stretch,
  { before, after }: Pick<Frame, 'before' | 'after'>,
  sum: RunningSum,
): AsyncGenerator<Uint8Array> {
  if (before.length > 0) yield before;
  for await (const piece of payload.open(fromByte, toByte)) {
    sum.update(piece);
    yield piece;
  }
  if (after.length > 0) yield after;
}
