import { randomUUID } from 'node:crypto';
import { combineCrc32c } from '../../engine/checksum/combine.ts';
import { branch } from './branch.ts';
import { ChecksumError } from './checksum-error.ts';
import { compose } from './compose.ts';
import { objectOf, shownText } from './object-of.ts';
import type { Operation } from './operation.ts';
import type { Payload } from './payload/payload.ts';
import type { Stretch } from './payload/stretch.ts';
import { resumable } from './resumable.ts';
import { asked } from './retried.ts';
import { multipart, type Sent } from './whole.ts';
import { objectUrl, requestOf } from './wire.ts';

/**
 * A parallel composite upload: parts side by side, composed into the object, then deleted.
 *
 * The CRC32C of the whole follows from those of its parts, so that it is compared from end to end without reading
 * anything twice. Parts are deleted whatever happens.
 */
export async function composite(
  operation: Operation,
  name: string,
  payload: Payload,
): Promise<{ metadata: object; sentBytes: number; parts: number }> {
  const { config } = operation;
  const stretches = stretchesOf(payload, config.parts);
  const id = randomUUID().slice(0, 8);
  const sources = stretches.map((_, index) => `${name}.part-${id}-${index}`);
  const sent = await Promise.allSettled(
    sources.map((source, index) =>
      branch(operation, { title: `part ${index + 1}`, where: source }, (own) =>
        sendPart(own, source, stretches[index]),
      ),
    ),
  );
  try {
    const failed = sent.find(({ status }) => status === 'rejected');
    if (failed?.status === 'rejected') throw failed.reason;
    const sums = sent.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const metadata = await branch(operation, { title: 'compose', where: name, answers: true }, (own) =>
      compose(own, name, sources),
    );
    if (config.validation === 'crc32c') compareSums(name, metadata, sums);
    const sentBytes = sums.reduce((bytes, { sum }) => bytes + sum.bytes, 0);
    return { metadata, sentBytes, parts: sources.length };
  } finally {
    const there = sources.filter((_, index) => sent[index]?.status === 'fulfilled');
    await branch(operation, { title: 'delete parts', where: `the parts of ${name}` }, (own) =>
      Promise.all(
        there.map((source) => asked(own, requestOf('DELETE', objectUrl(own.call, own.bucket, source)))),
      ),
    );
  }
}

function sendPart(operation: Operation, source: string, stretch: Stretch | undefined): Promise<Sent> {
  if (stretch === undefined) throw new RangeError(`there is no part ${source}`);
  return operation.config.chunkSize === undefined
    ? multipart(operation, source, stretch)
    : resumable(operation, source, stretch);
}

/** As many stretches as wanted, as equal as can be; fewer when there are fewer bytes. */
function stretchesOf(payload: Payload, parts: number): Stretch[] {
  const { sizeBytes } = payload;
  const each = Math.max(1, Math.ceil(sizeBytes / parts));
  const count = Math.max(1, Math.ceil(sizeBytes / each));
  return Array.from({ length: count }, (_, index) => ({
    payload,
    isPart: true,
    fromByte: index * each,
    toByte: Math.min(sizeBytes, (index + 1) * each),
  }));
}

function compareSums(name: string, metadata: object, sums: readonly Sent[]): void {
  const whole = sums.reduce((value, { sum }) => combineCrc32c(value, sum.crc32c, sum.bytes), 0);
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(whole);
  const expected = bytes.toString('base64');
  const found = shownText(objectOf(metadata)['crc32c']);
  if (found === expected) return;
  throw new ChecksumError(
    `the service has crc32c ${found} for ${name}, the parts that were sent make ${expected}; the object is not what was sent`,
  );
}
