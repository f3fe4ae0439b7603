import { view } from '../collection.ts';
import type { JsonObject } from '../json.ts';
import { nouns } from '../kinds.ts';
import type { Kind } from '../kinds.ts';
import type { Store } from '../store.ts';
import { noContent, success } from './answers.ts';
import { changesOf, checkBody, fieldNames } from './body.ts';
import type { BodyRules } from './body.ts';
import { find } from './find.ts';
import { filterOf, listNames, windowOf } from './query.ts';
import type { Filters } from './query.ts';
import type { Answer, ApiRequest, Route } from './route.ts';

/** A collection that is served at a path. */
export interface Resource {
  readonly path: string;
  readonly kind: Kind;
  readonly filters?: Filters;
  readonly body?: BodyRules;
  /** What a new one has if the body does not say. */
  readonly defaults?: JsonObject;
  /** A body that creates one. */
  readonly example?: JsonObject;
}

/** `GET /things`: a page of those that match. */
export function listOf(resource: Resource): Route {
  const { path, kind, filters } = resource;
  const handle: Route['handle'] = (request, store) => listPage(request, store, kind, filters);
  const query = listNames(filters ?? {});
  return {
    method: 'GET',
    path,
    summary: `List ${nouns[kind]}s`,
    statuses: [200],
    shape: 'list',
    query,
    handle,
  };
}

/** `GET /things/:id`. */
export function getOf({ path, kind }: Resource): Route {
  return {
    method: 'GET',
    path: `${path}/:id`,
    summary: `Read one ${nouns[kind]}`,
    kind,
    statuses: [200, 404],
    shape: 'data',
    handle: ({ params, nowEpochMs }, store) => success(view(find(store, kind, params['id']), nowEpochMs)),
  };
}

/** `POST /things`. */
export function createOf({ path, kind, body = {}, defaults = {}, example = {} }: Resource): Route {
  return {
    method: 'POST',
    path,
    summary: `Create one ${nouns[kind]}`,
    example,
    fields: fieldNames(body),
    statuses: body.references ? [201, 404] : [201],
    shape: 'data',
    handle: (request, store) => {
      checkBody(request.body, body, store);
      const entity = store.of(kind).create({ ...defaults, ...request.body }, request.nowEpochMs);
      return success(view(entity, request.nowEpochMs), 201);
    },
  };
}

/** `PUT /things/:id`: lays the fields of the body over what is there. A status that is set ends the work under way. */
export function updateOf({ path, kind, body = {}, example = {} }: Resource): Route {
  return {
    method: 'PUT',
    path: `${path}/:id`,
    summary: `Change one ${nouns[kind]}`,
    kind,
    example,
    fields: 'shown',
    statuses: [200, 404],
    shape: 'data',
    handle: ({ params, body: asked, nowEpochMs }, store) => {
      const before = find(store, kind, params['id']);
      const changes = changesOf(asked, body, store, view(before, nowEpochMs));
      const run = changes['status'] === undefined ? before.run : null;
      return success(view(store.of(kind).change(before, changes, nowEpochMs, run), nowEpochMs));
    },
  };
}

/** `DELETE /things/:id`: 204, or another success where a suite expects it. */
export function deleteOf({ path, kind }: Resource, status: 200 | 204 = 204): Route {
  return {
    method: 'DELETE',
    path: `${path}/:id`,
    summary: `Delete one ${nouns[kind]}`,
    kind,
    statuses: [status, 404],
    shape: status === 204 ? 'empty' : 'data',
    handle: ({ params }, store) => {
      const { id } = find(store, kind, params['id']);
      store.of(kind).delete(id);
      return status === 204 ? noContent : success({ id, deleted: true });
    },
  };
}

/** One page: `data.items`, and in `metadata` where one is. */
export function listPage(
  { query, nowEpochMs }: Pick<ApiRequest, 'query' | 'nowEpochMs'>,
  store: Store,
  kind: Kind,
  filters: Filters = {},
): Answer {
  const { offset, size } = windowOf(query);
  const { items, total } = store.of(kind).page(offset, size, filterOf(query, filters, nowEpochMs));
  return pageAnswer(
    items.map((entity) => view(entity, nowEpochMs)),
    { offset, size, total },
  );
}

/** The answer for a page that is already cut. `page` counts from 1. */
export function pageAnswer(
  items: readonly JsonObject[],
  { offset, size, total }: { offset: number; size: number; total: number },
): Answer {
  const metadata = {
    page: Math.floor(offset / size) + 1,
    page_size: size,
    total_items: total,
    total_pages: Math.ceil(total / size),
  };
  return { status: 200, body: { status: 'success', data: { items }, metadata } };
}
