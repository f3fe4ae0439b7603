import type { IncomingMessage, ServerResponse } from 'node:http';
import { messageOf } from '../../engine/model/errors.ts';
import { isJsonObject } from '../json.ts';
import type { JsonObject } from '../json.ts';
import { understood } from '../known.ts';
import type { Fields } from '../known.ts';
import type { Fault } from '../faults.ts';
import type { ObjectStore, StoredObject } from './object-store.ts';
import { etagOf, objectResource } from './resources.ts';
import { invalid, notHere, StorageError } from './storage-error.ts';

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
  /** A fault that was asked for and is to happen now. It happens by being taken. */
  readonly fault: (kind: 'resetMidUpload' | 'wrongChecksum') => Fault | undefined;
}

const bodyLimitBytes = 1_048_576;

export function header({ request }: Exchange, name: string): string {
  const value = request.headers[name];
  return (Array.isArray(value) ? value.join(',') : value) ?? '';
}

export function param({ params }: Exchange, name: string): string {
  return params[name] ?? '';
}

/** The content that a request brings, as it comes; cut off with the connection, if that was asked for. */
export async function* contentOf(exchange: Exchange): AsyncGenerator<Uint8Array> {
  const fault = exchange.fault('resetMidUpload');
  if (!fault) {
    yield* bytesOf(exchange);
    return;
  }
  let leftBytes = fault.afterBytes;
  for await (const piece of bytesOf(exchange)) {
    if (leftBytes > 0) yield piece.subarray(0, leftBytes);
    leftBytes -= piece.length;
    if (leftBytes <= 0) break;
  }
  exchange.request.socket.resetAndDestroy();
  throw new Error('The connection was cut, as the sandbox was asked to.');
}

/** Who stops reading leaves the connection whole. */
async function* bytesOf({ request }: Exchange): AsyncGenerator<Uint8Array> {
  for await (const piece of request.iterator({ destroyOnReturn: false })) {
    if (piece instanceof Uint8Array) yield piece;
  }
}

/** The body as a JSON object; an empty one is `{}`. */
export async function jsonBody(exchange: Exchange, known: Fields): Promise<JsonObject> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of bytesOf(exchange)) {
    bytes += piece.length;
    if (bytes > bodyLimitBytes) throw invalid('The JSON of a request may have 1 MiB.');
    pieces.push(piece);
  }
  return parseMetadata(Buffer.concat(pieces).toString(), known);
}

/** JSON that may say what is known; what else it says is refused by name. */
export function parseMetadata(text: string, known: Fields): JsonObject {
  if (text.trim() === '') return {};
  const { value, problems } = understood(parsed(text), known);
  if (problems.length > 0) throw notHere(problems.join(' '));
  return value;
}

function parsed(text: string): JsonObject {
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

/** Answers with an object's metadata. */
export function replyObject(exchange: Exchange, object: StoredObject): void {
  const resource = objectResource(object, exchange.origin);
  const headers = { etag: etagOf(object) };
  if (!exchange.fault('wrongChecksum')) reply(exchange, resource, headers);
  else reply(exchange, { ...resource, ...wrongSums }, headers);
}

/** Of no content that anybody has sent. */
export const wrongSums = { crc32c: 'AAAAAQ==', md5Hash: 'AAAAAAAAAAAAAAAAAAAAAQ==' } as const;

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
  response.writeHead(known.status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    ...known.headers,
  });
  response.end(body);
}
