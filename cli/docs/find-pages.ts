import { didYouMean } from '../../engine/model/did-you-mean.ts';
import { UserError } from '../../engine/model/errors.ts';
import type { Chapter, Page } from './page.ts';

export interface Found {
  readonly page: Page;
  /** What it is: `controller`. */
  readonly one: string;
}

/**
 * The pages that a word leads to: all of that name, which stand in different places; else, more and more freely, a
 * function without its underscores, JMeter's name, any spelling of capitals; or the one key of that name.
 *
 * Throws a `UserError` when there is none.
 */
export function findPages(all: readonly Chapter[], asked: string): Found[] {
  const word = asked
    .trim()
    .replace(/^\$\{(.*)\}$/, '$1')
    .replace(/\(.*\)$/, '');
  const pages = all.flatMap(({ pages: each, one }) => each.map((page) => ({ page, one })));
  for (const fits of [exactly, freely]) {
    const found = pages.filter(({ page }) => fits(page, word));
    if (found.length > 0) return found;
  }
  const keys = (all[0]?.pages ?? []).flatMap((page) => keyOnly(page, word));
  if (keys.length > 0) return keys;
  throw new UserError(`there is no "${asked}" in the plan language.${hint(pages, word)}`);
}

function exactly({ name, aliases }: Page, word: string): boolean {
  return name === word || aliases.includes(word) || name === `__${word}`;
}

function freely({ name, aliases, jmeter = '' }: Page, word: string): boolean {
  const wanted = word.toLowerCase();
  return [name, `${name}s`, name.replace(/^__/, ''), ...aliases, ...jmeter.split(', ')].some(
    (known) => known.toLowerCase() === wanted,
  );
}

/** A page of the plan reduced to a key of it, and what is inside. */
function keyOnly(page: Page, word: string): Found[] {
  const tables = page.tables.map((table) => ({
    ...table,
    keys: table.keys.filter(({ name }) => name === word || name.startsWith(`${word}.`)),
  }));
  if (tables.every(({ keys }) => keys.length === 0)) return [];
  return [{ page: { ...page, tables }, one: 'part of a plan' }];
}

function hint(pages: readonly Found[], word: string): string {
  const known = pages.flatMap(({ page }) => [page.name, ...page.aliases, page.name.replace(/^__/, '')]);
  return didYouMean(word.slice(0, 100), known) || ' plan docs lists what there is.';
}
