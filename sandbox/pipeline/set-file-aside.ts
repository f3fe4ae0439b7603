import { share } from '../storage/objects.ts';
import type { ObjectStore, StoredObject } from '../storage/object-store.ts';
import { setAsidePrefix } from './landing-path.ts';

/** Heals an ingestion that failed: the file goes to `_set_aside/NAME`, where it is in nobody's way and not lost. */
export async function setFileAside(objects: ObjectStore, object: StoredObject): Promise<void> {
  const current = objects.object(object.bucket, object.name);
  if (current?.generation !== object.generation) return;
  const { content, fields } = current;
  const name = setAsidePrefix + object.name;
  const path = content.path === null ? null : objects.newPath(name);
  if (content.path !== null && path !== null) await share(content.path, path);
  objects.finalize(object.bucket, name, { content: { ...content, path }, fields });
  objects.deleteObject(current);
}
