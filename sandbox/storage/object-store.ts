import { mkdtempSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject } from '../json.ts';
import { ContentReceiver } from './content.ts';
import type { Content } from './content.ts';
import { NameIndex } from './name-index.ts';
import { conflict, invalid, noSuchBucket } from './storage-error.ts';

export interface StoredObject {
  readonly bucket: string;
  readonly name: string;
  /** Microseconds since 1970, and never twice. */
  readonly generation: string;
  readonly metageneration: number;
  readonly content: Content;
  /** How many objects it was composed of; 0 if it was uploaded. */
  readonly componentCount: number;
  /** What the client says of it: `contentType`, `metadata`, … */
  readonly fields: JsonObject;
  readonly createdEpochMs: number;
  readonly updatedEpochMs: number;
}

export interface Bucket {
  readonly name: string;
  readonly fields: JsonObject;
  readonly createdEpochMs: number;
  readonly updatedEpochMs: number;
  readonly metageneration: number;
  readonly objects: NameIndex<StoredObject>;
}

export interface ObjectStoreOptions {
  /** Content beyond this is counted and checksummed, not kept. */
  readonly keepBytes: number;
  readonly nowEpochMs: () => number;
}

/**
 * Buckets and objects. Contents are files in a temporary folder, which is made when the first byte comes and
 * removed by `close` and when the process ends.
 */
export class ObjectStore {
  readonly keepBytes: number;
  readonly #nowEpochMs: () => number;
  readonly #buckets = new Map<string, Bucket>();
  readonly #listeners: ((object: StoredObject) => void)[] = [];
  #folder: string | undefined;
  #files = 0;
  #lastGeneration = 0;
  readonly #atExit = () => this.close();

  constructor({ keepBytes, nowEpochMs }: ObjectStoreOptions) {
    this.keepBytes = keepBytes;
    this.#nowEpochMs = nowEpochMs;
  }

  /** Calls `listener` with each object that was uploaded, composed or copied. */
  onFinalize(listener: (object: StoredObject) => void): void {
    this.#listeners.push(listener);
  }

  createBucket(name: string, fields: JsonObject = {}): Bucket {
    if (!/^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$/.test(name)) throw invalid(`Invalid bucket name: '${name}'`);
    if (this.#buckets.has(name)) {
      throw conflict('Your previous request to create the named bucket succeeded and you already own it.');
    }
    const nowEpochMs = this.#nowEpochMs();
    const objects = new NameIndex<StoredObject>();
    return this.#put({
      name,
      fields,
      createdEpochMs: nowEpochMs,
      updatedEpochMs: nowEpochMs,
      metageneration: 1,
      objects,
    });
  }

  /** The bucket, or a 404. */
  bucket(name: string): Bucket {
    const bucket = this.#buckets.get(name);
    if (!bucket) throw noSuchBucket();
    return bucket;
  }

  /** All, by name. */
  buckets(): readonly Bucket[] {
    return [...this.#buckets.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  changeBucket(bucket: Bucket, fields: JsonObject): Bucket {
    const metageneration = bucket.metageneration + 1;
    return this.#put({ ...bucket, fields, metageneration, updatedEpochMs: this.#nowEpochMs() });
  }

  deleteBucket({ name, objects }: Bucket): void {
    if (objects.size > 0) throw conflict('The bucket you tried to delete is not empty.');
    this.#buckets.delete(name);
  }

  object(bucket: string, name: string): StoredObject | undefined {
    return this.#buckets.get(bucket)?.objects.get(name);
  }

  /** The file with an object's content; nothing if there is no such object, or its content was not kept. */
  pathOf(bucket: string, name: string): string | undefined {
    return this.object(bucket, name)?.content.path ?? undefined;
  }

  /** Takes the bytes of an object that is to be called `name`. */
  receive(name: string): ContentReceiver {
    return new ContentReceiver(this.newPath(name), this.keepBytes);
  }

  /** A path for a content. Its end is the object's, so that `.csv.gz` is known for what it is. */
  newPath(name: string): string {
    this.#folder ??= this.#makeFolder();
    const end = name.slice(-60).replace(/[^\w.-]+/g, '_');
    return join(this.#folder, `${++this.#files}-${end}`);
  }

  /** Makes a new object, or a new generation in the place of an old one. */
  finalize(
    bucket: string,
    name: string,
    made: { readonly content: Content; readonly fields: JsonObject; readonly componentCount?: number },
  ): StoredObject {
    const before = this.bucket(bucket).objects.get(name);
    const nowEpochMs = this.#nowEpochMs();
    const object: StoredObject = {
      bucket,
      name,
      generation: this.#nextGeneration(nowEpochMs),
      metageneration: 1,
      componentCount: 0,
      ...made,
      createdEpochMs: nowEpochMs,
      updatedEpochMs: nowEpochMs,
    };
    this.bucket(bucket).objects.set(name, object);
    if (before) this.#dropFile(before);
    for (const listener of this.#listeners) listener(object);
    return object;
  }

  changeObject(object: StoredObject, fields: JsonObject): StoredObject {
    const metageneration = object.metageneration + 1;
    const changed = { ...object, fields, metageneration, updatedEpochMs: this.#nowEpochMs() };
    this.bucket(object.bucket).objects.set(object.name, changed);
    return changed;
  }

  deleteObject(object: StoredObject): void {
    this.bucket(object.bucket).objects.delete(object.name);
    this.#dropFile(object);
  }

  /** Removes the folder and all that is in it. */
  close(): void {
    if (this.#folder) rmSync(this.#folder, { recursive: true, force: true });
    this.#folder = undefined;
    process.off('exit', this.#atExit);
  }

  #put(bucket: Bucket): Bucket {
    this.#buckets.set(bucket.name, bucket);
    return bucket;
  }

  #nextGeneration(nowEpochMs: number): string {
    this.#lastGeneration = Math.max(this.#lastGeneration + 1, nowEpochMs * 1000);
    return String(this.#lastGeneration);
  }

  #makeFolder(): string {
    process.once('exit', this.#atExit);
    return mkdtempSync(join(tmpdir(), 'loadplan-sandbox-'));
  }

  /** Whoever reads the file goes on reading it. */
  #dropFile({ content }: StoredObject): void {
    if (content.path) void rm(content.path, { force: true }).catch(() => undefined);
  }
}
