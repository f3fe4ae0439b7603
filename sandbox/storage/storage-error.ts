import type { JsonObject } from '../json.ts';

/**
 * A request that Cloud Storage refuses. Its body is Google's form,
 * `{ error: { code, message, errors: [{ domain, reason, message }] } }`; the upload server answers some
 * mistakes of resumable uploads in plain text instead.
 */
export class StorageError extends Error {
  readonly status: number;
  readonly reason: string;
  readonly isPlain: boolean;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    reason: string,
    message: string,
    { isPlain = false, headers = {} }: { isPlain?: boolean; headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(message);
    this.headers = headers;
    this.status = status;
    this.reason = reason;
    this.isPlain = isPlain;
  }

  body(): JsonObject {
    const { status: code, message, reason } = this;
    return { error: { code, message, errors: [{ message, domain: 'global', reason }] } };
  }
}

export function invalid(message: string): StorageError {
  return new StorageError(400, 'invalid', message);
}

/** A parameter that is missing. */
export function required(message: string): StorageError {
  return new StorageError(400, 'required', message);
}

export function noSuchBucket(): StorageError {
  return new StorageError(404, 'notFound', 'The specified bucket does not exist.');
}

export function noSuchObject(bucket: string, name: string): StorageError {
  return new StorageError(404, 'notFound', `No such object: ${bucket}/${name}`);
}

export function conflict(message: string): StorageError {
  return new StorageError(409, 'conflict', message);
}

/** What the real service can do and this stand-in cannot. Not a status that clients try again. */
export function notHere(message: string): StorageError {
  return new StorageError(501, 'notImplemented', message);
}

/** A mistake in a resumable upload, in the upload server's own words. */
export function plainRefusal(status: 400 | 404 | 410 | 503, message: string): StorageError {
  return new StorageError(status, 'invalid', message, { isPlain: true });
}
