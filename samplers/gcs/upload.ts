import { composite } from './composite.ts';
import type { Done, Operation } from './operation.ts';
import { wholeOf, type Stretch } from './payload/stretch.ts';
import { resumable } from './resumable.ts';
import { media, multipart } from './whole.ts';

/** Uploads an object; its metadata are the body. */
export async function upload(operation: Operation, name: string): Promise<Done> {
  const { payload } = operation;
  if (payload === null) throw new Error('nothing says what to upload');
  const { metadata, sentBytes, parts } = await send(operation, name, wholeOf(payload));
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

interface Whole {
  readonly metadata: object;
  readonly sentBytes: number;
  readonly parts?: number;
}

async function send(operation: Operation, name: string, stretch: Stretch): Promise<Whole> {
  const { kind } = operation.config;
  if (kind === 'composite') return composite(operation, name, stretch.payload);
  const way = { media, multipart, resumable }[kind];
  const { metadata, sum } = await way(operation, name, stretch);
  return { metadata, sentBytes: sum.bytes };
}
