import { createReadStream } from 'node:fs';
import type { ObjectStore } from '../storage/object-store.ts';
import { invalid, notFound } from './query-error.ts';

/** The objects of Cloud Storage that load and extract jobs name. */
export interface Objects {
  /** The files behind `gs://bucket/name`; one `*` in the name stands for any characters. */
  pathsOf(uri: string): readonly string[];
  /** Makes an object of a file. */
  put(uri: string, path: string): Promise<void>;
}

/** Objects of the sandbox's own Cloud Storage. */
export function objectsOf(store: ObjectStore): Objects {
  return {
    pathsOf(uri) {
      const { bucket, name } = parse(uri);
      const [prefix = '', suffix] = name.split('*');
      const names =
        suffix === undefined
          ? [name]
          : [...store.bucket(bucket).objects.from(prefix)]
              .map(([one]) => one)
              .filter((one) => one.startsWith(prefix) && one.endsWith(suffix));
      const paths = names.flatMap((one) => store.pathOf(bucket, one) ?? []);
      if (paths.length === 0) throw notFound(`URI ${uri}`);
      return paths;
    },
    async put(uri, path) {
      const { bucket, name } = parse(uri);
      const receiver = store.receive(name);
      await receiver.append(bytesOf(path));
      store.finalize(bucket, name, { content: receiver.done(), fields: {} });
    },
  };
}

function parse(uri: string): { bucket: string; name: string } {
  const [, bucket, name] = /^gs:\/\/([^/]+)\/(.+)$/.exec(uri) ?? [];
  if (bucket === undefined || name === undefined)
    throw invalid(`Invalid URI "${uri}". Write gs://bucket/name.`);
  return { bucket, name };
}

async function* bytesOf(path: string): AsyncGenerator<Uint8Array> {
  for await (const piece of createReadStream(path)) if (piece instanceof Uint8Array) yield piece;
}
