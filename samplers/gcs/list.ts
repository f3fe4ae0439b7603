import { objectOf } from './object-of.ts';
import type { Done, Operation } from './operation.ts';

/** One page of a list, or all. The body is as the service writes it: `items`, `prefixes`, `nextPageToken`. */
export async function list(operation: Operation, prefix: string): Promise<Done> {
  const page = await pageOf(operation, prefix, operation.config.pageToken ?? '');
  while (operation.config.allPages && page.next !== '') {
    const more = await pageOf(operation, prefix, page.next);
    page.items.push(...more.items);
    page.prefixes.push(...more.prefixes);
    page.next = more.next;
  }
  const { items, prefixes, next } = page;
  const nextPageToken = next === '' ? {} : { nextPageToken: next };
  return { body: { items, prefixes, ...nextPageToken }, metrics: { gcs_objects: items.length } };
}

interface Page {
  readonly items: object[];
  readonly prefixes: unknown[];
  next: string;
}

async function pageOf({ bucket, config }: Operation, prefix: string, pageToken: string): Promise<Page> {
  const { delimiter, maxResults } = config;
  const [files, , answer] = await bucket.getFiles({
    prefix,
    maxResults,
    autoPaginate: false,
    ...(delimiter === undefined ? {} : { delimiter }),
    ...(pageToken === '' ? {} : { pageToken }),
  });
  const { prefixes, nextPageToken } = objectOf(answer);
  return {
    items: files.map(({ metadata }) => metadata),
    prefixes: [prefixes ?? []].flat(),
    next: typeof nextPageToken === 'string' ? nextPageToken : '',
  };
}
