import { didYouMean } from '../../engine/model/did-you-mean.ts';
import { UserError } from '../../engine/model/errors.ts';
import { findJmeter, nearJmeter, plainName } from './find-jmeter.ts';
import type { Chapter, Page } from './page.ts';

export interface Found {
  readonly page: Page;
  /** What it is: `controller`. */
  readonly one: string;
  /** How what JMeter has an element for is done here; on the first page of it. */
  readonly note?: string;
}

/**
 * The pages that a word leads to: all of that name, which stand in different places; else, more and more freely, a
 * function without its underscores, JMeter's name for it or for what is done otherwise here, any spelling of capitals; or the one
 * key of that name.
 *
 * Throws a `UserError` when there is none.
 */
export function findPages(all: readonly Chapter[], asked: string): Found[] {
  const word = asked
    .trim()
    .replace(/^\$\{(.*)\}$/, '$1')
    .replace(/\(.*\)$/, '');
  const pages = all.flatMap(({ pages: each, one }) => each.map((page) => ({ page, one })));
  const exact = pages.filter(({ page }) => exactly(page, word));
  if (exact.length > 0) return exact;
  const ofJmeter = findJmeter(word);
  if (ofJmeter)
    return ofJmeter.pages.flatMap((name, index) => pageAt(pages, name, index === 0 ? ofJmeter.note : ''));
  const free = pages.filter(({ page }) => freely(page, word));
  if (free.length > 0) return free;
  const keys = (all[0]?.pages ?? []).flatMap((page) => keyOnly(page, word));
  if (keys.length > 0) return keys;
  throw new UserError(`there is no "${asked}" in the plan language.${hint(pages, word)}`);
}

function exactly({ name, aliases }: Page, word: string): boolean {
  return name === word || aliases.includes(word) || name === `__${word}`;
}

function freely({ name, aliases, jmeter = '' }: Page, word: string): boolean {
  const wanted = word.toLowerCase();
  return (
    [name, `${name}s`, name.replace(/^__/, ''), ...aliases].some((known) => known.toLowerCase() === wanted) ||
    jmeter.split(', ').some((known) => plainName(known) === plainName(word))
  );
}

/** The pages of a name, or the key behind `#` of one. */
function pageAt(pages: readonly Found[], target: string, note: string): Found[] {
  const [name = '', key] = target.split('#');
  const named = pages.filter(({ page }) => page.name === name);
  const found = key === undefined ? named : named.flatMap(({ page }) => keyOnly(page, key));
  return found.map((one, index) => (index === 0 && note !== '' ? { ...one, note } : one));
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
  const ofJmeter = pages.flatMap(({ page }) => page.jmeter?.split(', ') ?? []);
  return (
    didYouMean(word.slice(0, 100), [...known, ...ofJmeter]) ||
    nearJmeter(word) ||
    ' plan docs lists what there is.'
  );
}
