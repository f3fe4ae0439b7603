import type { IncomingMessage, ServerResponse } from 'node:http';
import { messageOf } from '../../engine/model/errors.ts';
import { isJsonObject } from '../json.ts';
import type { JsonObject } from '../json.ts';
import type { ObjectStore } from './object-store.ts';
import { invalid, StorageError } from './storage-error.ts';

/** One request and its answer. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly query: URLSearchParams;
  /** Decoded parts of the path: `bucket`, `object`, `toBucket`, `toObject`. */
  readonly params: Readonly<Record<string, string>>;
  /** `http://127.0.0.1:41234`, as the client called it. */
  readonly origin: string;
  readonly store: ObjectStore;
}

const bodyLimitBytes = 1_048_576;

export function header({ request }: Exchange, name: string): string {
  const value = request.headers[name];
  return (Array.isArray(value) ? value.join(',') : value) ?? '';
}

export function param({ params }: Exchange, name: string): string {
  return params[name] ?? '';
}

/** The body's bytes as they come. Who stops reading leaves the connection whole. */
export async function* bytesOf({ request }: Pick<Exchange, 'request'>): AsyncGenerator<Uint8Array> {
  for await (const piece of request.iterator({ destroyOnReturn: false })) {
    if (piece instanceof Uint8Array) yield piece;
  }
}

/** The body as a JSON object; an empty one is `{}`. */
export async function jsonBody(exchange: Exchange): Promise<JsonObject> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of bytesOf(exchange)) {
    bytes += piece.length;
    if (bytes > bodyLimitBytes) throw invalid('The JSON of a request may have 1 MiB.');
    pieces.push(piece);
  }
  return parseMetadata(Buffer.concat(pieces).toString());
}

export function parseMetadata(text: string): JsonObject {
  if (text.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    if (isJsonObject(value)) return value;
  } catch (problem) {
    throw new StorageError(400, 'parseError', `Parse Error: ${messageOf(problem)}`);
  }
  throw new StorageError(400, 'parseError', 'Parse Error: the body must be a JSON object.');
}

export function reply({ response }: Exchange, body: JsonObject, headers: Record<string, string> = {}): void {
  const text = JSON.stringify(body);
  response.writeHead(200, {
    'content-type': 'application/json; charset=UTF-8',
    'content-length': Buffer.byteLength(text),
    ...headers,
  });
  response.end(text);
}

export function replyEmpty(
  { response }: Exchange,
  status: number,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-length': 0, ...headers });
  response.end();
}

/** Tells why not. The rest of the request's body is read and thrown away, so that the connection lives on. */
export function refuse(
  { request, response }: Pick<Exchange, 'request' | 'response'>,
  problem: unknown,
): void {
  if (response.headersSent || request.socket.destroyed) {
    response.destroy();
    return;
  }
  const known =
    problem instanceof StorageError ? problem : new StorageError(500, 'backendError', messageOf(problem));
  request.resume();
  const text = known.isPlain ? known.message : JSON.stringify(known.body());
  const body = known.status === 304 ? '' : text;
  const type = known.isPlain ? 'text/plain; charset=utf-8' : 'application/json; charset=UTF-8';
  response.writeHead(known.status, { 'content-type': type, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}
