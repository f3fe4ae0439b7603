import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Random } from '../../engine/model/ports.ts';
import type { FaultKind, Faults } from '../faults.ts';
import * as buckets from './buckets.ts';
import { refuse } from './exchange.ts';
import type { Exchange } from './exchange.ts';
import * as objects from './objects.ts';
import type { ObjectStore } from './object-store.ts';
import { ResumableUploads } from './resumable.ts';
import { notHere, StorageError } from './storage-error.ts';
import { insertObject } from './uploads.ts';

type Handler = (exchange: Exchange) => Promise<void> | void;

/** Answers a request and says true; or false, and leaves it alone, if it is not to one of Cloud Storage's paths. */
export type StorageListener = (request: IncomingMessage, response: ServerResponse) => boolean;

export interface StorageConditions {
  /** Added to every answer. */
  readonly latencyMs: number;
  /** Share of requests that are answered 503. */
  readonly errorRatio: number;
  readonly random: Random;
  readonly faults: Faults;
}

/** `METHOD PATH` below `/storage/v1`, a path's parts as `:name`. */
const metadataRoutes: Readonly<Record<string, Handler>> = {
  'POST /b': buckets.createBucket,
  'GET /b': buckets.listBuckets,
  'GET /b/:bucket': buckets.getBucket,
  'PATCH /b/:bucket': buckets.changeBucket,
  'PUT /b/:bucket': buckets.changeBucket,
  'DELETE /b/:bucket': buckets.deleteBucket,
  'GET /b/:bucket/iam/testPermissions': buckets.testPermissions,
  'GET /b/:bucket/o': objects.listObjects,
  'GET /b/:bucket/o/:object': objects.getObject,
  'HEAD /b/:bucket/o/:object': objects.getObject,
  'PATCH /b/:bucket/o/:object': objects.changeObject,
  'PUT /b/:bucket/o/:object': objects.changeObject,
  'DELETE /b/:bucket/o/:object': objects.deleteObject,
  'POST /b/:bucket/o/:object/compose': objects.composeObject,
  'POST /b/:bucket/o/:object/rewriteTo/b/:toBucket/o/:toObject': objects.rewriteObject,
  'POST /b/:bucket/o/:object/copyTo/b/:toBucket/o/:toObject': objects.copyObject,
  'POST /b/:bucket/o/:object/moveTo/o/:toObject': objects.moveObject,
};

const downloadRoutes: Readonly<Record<string, Handler>> = {
  'GET /b/:bucket/o/:object': objects.downloadObject,
  'HEAD /b/:bucket/o/:object': objects.downloadObject,
};

/**
 * The JSON API of Cloud Storage, on plain node streams: bodies go straight from the socket to a file. The
 * metadata routes are there with and without `/storage/v1`, because clients that are given an emulator's host
 * leave it out.
 */
export function storageListener(store: ObjectStore, conditions: StorageConditions): StorageListener {
  const uploads = new ResumableUploads();
  const insert: Handler = async (exchange) => insertObject(exchange, uploads);
  const uploadRoutes: Readonly<Record<string, Handler>> = {
    'POST /b/:bucket/o': insert,
    'PUT /b/:bucket/o': async (exchange) =>
      exchange.query.has('upload_id') ? uploads.put(exchange) : insertObject(exchange, uploads),
    'DELETE /b/:bucket/o': async (exchange) => uploads.cancel(exchange),
  };
  const areas: readonly (readonly [string, Table])[] = [
    ['/upload/storage/v1', tableOf(uploadRoutes)],
    ['/resumable/upload/storage/v1', tableOf(uploadRoutes)],
    ['/download/storage/v1', tableOf(downloadRoutes)],
    ['/storage/v1', tableOf(metadataRoutes)],
    ['', tableOf(metadataRoutes)],
  ];
  return (request, response) => {
    const [path = ''] = (request.url ?? '').split('?');
    const area = areas.find(([prefix]) => isBucketPath(path, prefix));
    if (!area) return false;
    const [prefix, table] = area;
    const answer = async () => {
      await endure(conditions);
      const { handler, params } = match(table, request.method ?? '', path.slice(prefix.length));
      const fault = (kind: FaultKind) => conditions.faults.take(request.method ?? '', path, [kind]);
      await handler({ request, response, ...addressOf(request), params, store, fault });
    };
    answer().catch((problem: unknown) => refuse({ request, response }, problem));
    return true;
  };
}

function addressOf(request: IncomingMessage) {
  const origin = `http://${request.headers.host ?? '127.0.0.1'}`;
  const [, ...query] = (request.url ?? '').split('?');
  return { origin, query: new URLSearchParams(query.join('?')) };
}

async function endure({ latencyMs, errorRatio, random }: StorageConditions): Promise<void> {
  if (latencyMs > 0) await delay(latencyMs);
  if (errorRatio > 0 && random() < errorRatio) {
    throw new StorageError(503, 'backendError', 'An error by chance, as the sandbox was asked for.');
  }
}

function isBucketPath(path: string, prefix: string): boolean {
  return path === `${prefix}/b` || path.startsWith(`${prefix}/b/`);
}

type Table = readonly {
  readonly method: string;
  readonly parts: readonly string[];
  readonly handler: Handler;
}[];

function tableOf(routes: Readonly<Record<string, Handler>>): Table {
  return Object.entries(routes).map(([route, handler]) => {
    const [method = '', path = ''] = route.split(' ');
    return { method, parts: path.split('/').slice(1), handler };
  });
}

function match(table: Table, method: string, path: string) {
  const given = path.replace(/\/$/, '').split('/').slice(1);
  const fitting = table.filter(({ parts }) => fits(parts, given));
  const route = fitting.find((one) => one.method === method);
  if (!route) {
    if (fitting.length === 0) throw notHere(`The sandbox has no ${method} ${path} of Cloud Storage.`);
    throw new StorageError(405, 'methodNotAllowed', `${method} is not allowed here.`);
  }
  return { handler: route.handler, params: paramsOf(route.parts, given) };
}

function fits(parts: readonly string[], given: readonly string[]): boolean {
  return (
    parts.length === given.length &&
    parts.every((part, index) => part.startsWith(':') || part === given[index])
  );
}

function paramsOf(parts: readonly string[], given: readonly string[]): Record<string, string> {
  const params: Record<string, string> = {};
  parts.forEach((part, index) => {
    if (part.startsWith(':')) params[part.slice(1)] = decode(given[index] ?? '');
  });
  return params;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new StorageError(400, 'invalid', `"${text}" is not percent-encoded UTF-8.`);
  }
}
