import { composite } from './composite.ts';
import { media } from './media.ts';
import type { Done, Operation } from './operation.ts';
import { payloadOf, type Payload } from './payload/payload.ts';
import { sendStretch } from './send-stretch.ts';

/** Uploads an object; its metadata are the body. */
export async function upload(operation: Operation, name: string): Promise<Done> {
  const { config } = operation;
  const payload = await payloadOf(config, operation.files);
  const { metadata, sentBytes, parts } = await send(operation, name, payload);
  const { rows } = payload;
  return {
    body: metadata,
    contentBytes: sentBytes,
    metrics: {
      ...(parts === undefined ? {} : { gcs_parts: parts }),
      ...(rows === undefined ? {} : { gcs_rows: rows }),
    },
  };
}

interface Sent {
  readonly metadata: object;
  readonly sentBytes: number;
  readonly parts?: number;
}

async function send(operation: Operation, name: string, payload: Payload): Promise<Sent> {
  const { kind } = operation.config;
  if (kind === 'media') return media(operation, name, payload);
  if (kind === 'composite') return composite(operation, name, payload);
  const file = operation.bucket.file(name);
  const whole = { payload, fromByte: 0, toByte: payload.sizeBytes ?? Infinity, isPart: false };
  const { sentBytes } = await sendStretch(operation, file, whole, kind === 'resumable');
  // The client makes a number of the size of some; the service writes a text.
  return { metadata: { ...file.metadata, size: String(file.metadata.size) }, sentBytes };
}
