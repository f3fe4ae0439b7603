import { compose } from './compose.ts';
import { download } from './download.ts';
import { list } from './list.ts';
import { objectOf } from './object-of.ts';
import type { Done, Operation } from './operation.ts';
import { operations, type GcsConfig, type OperationName } from './schema.ts';
import { upload } from './upload.ts';

/** How each operation is performed on the object, the bucket or the beginning of names that its key names. */
export const performers: Readonly<
  Record<OperationName, (operation: Operation, name: string) => Promise<Done>>
> = {
  upload,
  download,
  list,
  delete: async ({ bucket }, name) => {
    await bucket.file(name).delete();
    return {};
  },
  deleteAll: async ({ bucket }, prefix) => {
    await bucket.deleteFiles({ prefix });
    return {};
  },
  compose: async (operation, name) => ({
    body: await compose(operation, name, operation.config.sources ?? []),
  }),
  metadata: async ({ bucket }, name) => {
    const [metadata] = await bucket.file(name).getMetadata();
    return { body: metadata };
  },
  createBucket: async ({ storage, config: { location } }, name) => {
    const [, told] = await storage.createBucket(name, location === undefined ? {} : { location });
    return { body: objectOf(told) };
  },
  deleteBucket: async ({ storage }, name) => {
    await storage.bucket(name).delete();
    return {};
  },
};

/** Which operation a configuration asks for, and on what. */
export function askedOf(config: GcsConfig): { readonly operation: OperationName; readonly name: string } {
  for (const operation of operations) {
    const name = config[operation];
    if (name !== undefined) return { operation, name };
  }
  throw new Error(`nothing says what to do: write one of ${operations.join(', ')}`);
}
