import { compose } from './compose.ts';
import { deleteAll } from './delete-all.ts';
import { download } from './download.ts';
import { list } from './list.ts';
import type { Done, Operation } from './operation.ts';
import { asked, askedJson } from './retried.ts';
import { operations, type GcsConfig, type OperationName } from './schema.ts';
import { upload } from './upload.ts';
import { bucketsUrl, jsonRequest, objectUrl, requestOf } from './wire.ts';

/** How each operation is performed on the object, the bucket or the beginning of names that its key names. */
export const performers: Readonly<
  Record<OperationName, (operation: Operation, name: string) => Promise<Done>>
> = {
  upload,
  download,
  list,
  delete: async (operation, name) => {
    await asked(operation, requestOf('DELETE', objectUrl(operation.call, operation.bucket, name)));
    return {};
  },
  deleteAll: async (operation, prefix) => {
    await deleteAll(operation, prefix);
    return {};
  },
  compose: async (operation, name) => ({
    body: await compose(operation, name, operation.config.sources ?? []),
  }),
  metadata: async (operation, name) => ({
    body: await askedJson(operation, requestOf('GET', objectUrl(operation.call, operation.bucket, name))),
  }),
  createBucket: async (operation, name) => {
    const { call, config } = operation;
    const { location, project } = config;
    const url = bucketsUrl(call, '', { project });
    const instead = async () => {
      const answer = await call.ask(requestOf('GET', bucketsUrl(call, `/${name}`)));
      return answer.refusal === null ? answer : null;
    };
    const request = jsonRequest('POST', url, { location, name });
    return { body: await askedJson(operation, request, { status: 409, instead }) };
  },
  deleteBucket: async (operation, name) => {
    await asked(operation, requestOf('DELETE', bucketsUrl(operation.call, `/${name}`)));
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
