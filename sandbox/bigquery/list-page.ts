import type { JsonObject } from '../json.ts';
import { numberIn } from './exchange.ts';
import { pageToken } from './page-token.ts';

/** A page of a list: `maxResults` from `pageToken` on, and the token of the next page if there is one. */
export function pageOf<Item>(
  all: readonly Item[],
  query: JsonObject,
): { readonly items: readonly Item[]; readonly next: JsonObject } {
  const from = numberIn(query, 'pageToken') ?? 0;
  // None at most would be a page without end.
  const to = from + (numberIn(query, 'maxResults') || all.length);
  return { items: all.slice(from, to), next: to < all.length ? { nextPageToken: pageToken(to) } : {} };
}
