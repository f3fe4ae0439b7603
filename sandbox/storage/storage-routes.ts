import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Random } from '../../engine/model/ports.ts';
import type { FaultKind, Faults } from '../faults.ts';
import { understoodQuery, unheeded } from '../known.ts';
import type { Fields } from '../known.ts';
import { answerBatch, batchPath } from './batch.ts';
import * as buckets from './buckets.ts';
import { refuse } from './exchange.ts';
import type { Exchange } from './exchange.ts';
import * as known from './known-fields.ts';
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

interface Route {
  readonly handler: Handler;
  /** Parameters of the address that it knows. */
  readonly query: Fields;
  /** Headers that it heeds, of those that could change what is asked for. */
  readonly headers?: readonly string[];
}

type Routes = Readonly<Record<string, Route>>;

const tags = ['if-match', 'if-none-match'];

/** `METHOD PATH` below `/storage/v1`, a path's parts as `:name`. */
const metadataRoutes: Routes = {
  'POST /b': { handler: buckets.createBucket, query: known.bucketCreation },
  'GET /b': { handler: buckets.listBuckets, query: known.bucketList },
  'GET /b/:bucket': { handler: buckets.getBucket, query: known.bucketParameters, headers: tags },
  'PATCH /b/:bucket': { handler: buckets.changeBucket, query: known.bucketParameters, headers: tags },
  'PUT /b/:bucket': { handler: buckets.changeBucket, query: known.bucketParameters, headers: tags },
  'DELETE /b/:bucket': { handler: buckets.deleteBucket, query: known.bucketParameters, headers: tags },
  'GET /b/:bucket/iam/testPermissions': {
    handler: buckets.testPermissions,
    query: known.permissionParameters,
  },
  'GET /b/:bucket/o': { handler: objects.listObjects, query: known.objectList },
  'GET /b/:bucket/o/:object': { handler: objects.getObject, query: known.objectParameters, headers: tags },
  'HEAD /b/:bucket/o/:object': { handler: objects.getObject, query: known.objectParameters, headers: tags },
  'PATCH /b/:bucket/o/:object': {
    handler: objects.changeObject,
    query: known.objectParameters,
    headers: tags,
  },
  'PUT /b/:bucket/o/:object': { handler: objects.changeObject, query: known.objectParameters, headers: tags },
  'DELETE /b/:bucket/o/:object': {
    handler: objects.deleteObject,
    query: known.objectParameters,
    headers: tags,
  },
  'POST /b/:bucket/o/:object/compose': { handler: objects.composeObject, query: known.composeParameters },
  'POST /b/:bucket/o/:object/rewriteTo/b/:toBucket/o/:toObject': {
    handler: objects.rewriteObject,
    query: known.copyParameters,
  },
  'POST /b/:bucket/o/:object/copyTo/b/:toBucket/o/:toObject': {
    handler: objects.copyObject,
    query: known.copyParameters,
  },
  'POST /b/:bucket/o/:object/moveTo/o/:toObject': {
    handler: objects.moveObject,
    query: known.copyParameters,
  },
};

const download: Route = { handler: objects.downloadObject, query: known.objectParameters, headers: tags };
const downloadRoutes: Routes = {
  'GET /b/:bucket/o/:object': download,
  'HEAD /b/:bucket/o/:object': download,
};

/** Of the XML API: to read an object, as Go's client does. */
const xmlRoutes: Routes = { 'GET /:bucket/:object': download, 'HEAD /:bucket/:object': download };

/**
 * The JSON API of Cloud Storage, on plain node streams: bodies go straight from the socket to a file. The
 * metadata routes are there with and without `/storage/v1`, because clients that are given an emulator's host
 * leave it out.
 */
export function storageListener(store: ObjectStore, conditions: StorageConditions): StorageListener {
  const uploads = new ResumableUploads();
  const query = known.uploadParameters;
  const headers = ['x-goog-hash', 'content-encoding'];
  // Go's client sends the pieces of a resumable upload by POST.
  const insert: Handler = async (exchange) =>
    exchange.query.has('upload_id') ? uploads.put(exchange) : insertObject(exchange, uploads);
  const uploadRoutes: Routes = {
    'POST /b/:bucket/o': { handler: insert, query, headers },
    'PUT /b/:bucket/o': { handler: insert, query, headers },
    'DELETE /b/:bucket/o': { handler: async (exchange) => uploads.cancel(exchange), query },
  };
  const areas: readonly (readonly [string, Table])[] = [
    ['/upload/storage/v1', tableOf(uploadRoutes)],
    ['/resumable/upload/storage/v1', tableOf(uploadRoutes)],
    ['/download/storage/v1', tableOf(downloadRoutes)],
    ['/storage/v1', tableOf(metadataRoutes)],
    ['', tableOf(metadataRoutes)],
  ];
  const xmlTable = tableOf(xmlRoutes);
  return (request, response) => {
    const [path = ''] = (request.url ?? '').split('?');
    if (path === batchPath) return answerBatch(request, response);
    const xml = xmlPath(store, path);
    const area =
      areas.find(([prefix]) => isBucketPath(path, prefix)) ??
      (xml === undefined ? undefined : (['', xmlTable] as const));
    if (!area) return false;
    const [prefix, table] = area;
    const below = table === xmlTable ? (xml ?? '') : path.slice(prefix.length);
    const answer = async () => {
      await endure(conditions);
      const { route, params } = match(table, request.method ?? '', below);
      const fault = (kind: FaultKind) => conditions.faults.take(request.method ?? '', path, [kind]);
      const { origin, query: asked } = addressOf(request);
      const exchange = {
        request,
        response,
        origin,
        query: checked(route, request, asked),
        params,
        store,
        fault,
      };
      await route.handler(exchange);
    };
    answer().catch((problem: unknown) => refuse({ request, response }, problem));
    return true;
  };
}

/** The parameters in the sandbox's words, if the route knows them all and heeds all headers. */
function checked(
  { query: shape, headers = [] }: Route,
  request: IncomingMessage,
  query: URLSearchParams,
): URLSearchParams {
  const { value, problems } = understoodQuery(query, shape);
  const all = [...unheeded(Object.keys(request.headers), headers), ...problems];
  if (all.length > 0) throw notHere(all.join(' '));
  const result = new URLSearchParams(query);
  for (const [name, one] of Object.entries(value)) {
    if (typeof one === 'boolean') result.set(name, String(one));
  }
  return result;
}

/** `/BUCKET/OBJECT` is the XML API's, if there is such a bucket: with the object's name as one part. */
function xmlPath(store: ObjectStore, path: string): string | undefined {
  const [, bucket = '', ...name] = path.split('/');
  const isThere = name.length > 0 && store.buckets().some((one) => one.name === bucket);
  return isThere ? `/${bucket}/${name.join('%2F')}` : undefined;
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
  readonly route: Route;
}[];

function tableOf(routes: Routes): Table {
  return Object.entries(routes).map(([name, route]) => {
    const [method = '', path = ''] = name.split(' ');
    return { method, parts: path.split('/').slice(1), route };
  });
}

function match(table: Table, method: string, path: string) {
  const given = path.replace(/\/$/, '').split('/').slice(1);
  const fitting = table.filter(({ parts }) => fits(parts, given));
  const found = fitting.find((one) => one.method === method);
  if (!found) {
    if (fitting.length === 0) throw notHere(`The sandbox has no ${method} ${path} of Cloud Storage.`);
    throw new StorageError(405, 'methodNotAllowed', `${method} is not allowed here.`);
  }
  return { route: found.route, params: paramsOf(found.parts, given) };
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
