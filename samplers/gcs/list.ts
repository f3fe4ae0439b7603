import { listInside } from '../google/inside.ts';
import { objectOf } from './object-of.ts';
import type { Done, Operation } from './operation.ts';
import { askedJson } from './retried.ts';
import { bucketsUrl, requestOf } from './wire.ts';

/** One page of a list, or all. The body is as the service writes it: `items`, `prefixes`, `nextPageToken`. */
export async function list(operation: Operation, prefix: string): Promise<Done> {
  const { allPages, pageToken = '', maxResults, delimiter } = operation.config;
  const page = await pageOf(operation, { prefix, maxResults, delimiter, pageToken });
  while (allPages && page.next !== '') {
    const more = await pageOf(operation, { prefix, maxResults, delimiter, pageToken: page.next });
    page.items.push(...more.items);
    page.prefixes.push(...more.prefixes);
    page.next = more.next;
  }
  const { items, prefixes, next } = page;
  const nextPageToken = next === '' ? {} : { nextPageToken: next };
  return { body: { items, prefixes, ...nextPageToken }, metrics: { gcs_objects: items.length } };
}

/** What is asked for. */
interface PageQuery {
  readonly prefix: string;
  readonly maxResults?: number | undefined;
  readonly delimiter?: string | undefined;
  /** Empty: the first page. */
  readonly pageToken: string;
}

interface Page {
  readonly items: unknown[];
  readonly prefixes: unknown[];
  /** Empty: there is no more. */
  next: string;
}

export async function pageOf(
  operation: Operation,
  { prefix, maxResults, delimiter, pageToken }: PageQuery,
): Promise<Page> {
  const { call, bucket } = operation;
  const query = { prefix, maxResults, delimiter, pageToken: pageToken === '' ? undefined : pageToken };
  const { items, prefixes, nextPageToken } = objectOf(
    await askedJson(operation, requestOf('GET', bucketsUrl(call, `/${bucket}/o`, query))),
  );
  return {
    items: [...listInside(items)],
    prefixes: [...listInside(prefixes)],
    next: typeof nextPageToken === 'string' ? nextPageToken : '',
  };
}
