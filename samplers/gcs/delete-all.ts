import { textInside } from '../google/inside.ts';
import { pageOf } from './list.ts';
import type { Operation } from './operation.ts';
import { asked } from './retried.ts';
import { objectUrl, requestOf } from './wire.ts';

/** The official client deletes so many objects at a time (`bucket.js`, deleteFiles). */
export const deletesAtOnce = 10;

/** Deletes all objects whose names begin so. The first that cannot be deleted ends it. */
export async function deleteAll(operation: Operation, prefix: string): Promise<void> {
  let pageToken = '';
  do {
    const { items, next } = await pageOf(operation, { prefix, pageToken });
    const names = items.flatMap((item) => textInside(item, 'name') ?? []);
    await deleteEach(operation, names);
    pageToken = next;
  } while (pageToken !== '');
}

async function deleteEach(operation: Operation, names: string[]): Promise<void> {
  const { call, bucket } = operation;
  const left = names.values();
  const work = async () => {
    for (const name of left) await asked(operation, requestOf('DELETE', objectUrl(call, bucket, name)));
  };
  await Promise.all(Array.from({ length: Math.min(deletesAtOnce, names.length) }, work));
}
