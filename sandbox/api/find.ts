import type { Entity } from '../collection.ts';
import { nouns } from '../kinds.ts';
import type { Kind } from '../kinds.ts';
import type { Store } from '../store.ts';
import { notFound } from './answers.ts';

/** The thing with this id, or a 404. */
export function find(store: Store, kind: Kind, id: string | undefined): Entity {
  const entity = store.of(kind).get(id ?? '');
  if (!entity) throw notFound(`There is no ${nouns[kind]} with the id "${id ?? ''}".`);
  return entity;
}
