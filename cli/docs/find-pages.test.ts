import { describe, expect, it } from 'vitest';
import { language } from '../language.ts';
import { chapters } from './chapters.ts';
import { findPages } from './find-pages.ts';

const all = chapters();
const found = (word: string) => findPages(all, word).map(({ page, one }) => `${page.name}, ${one}`);

describe('findPages', () => {
  it.each([
    ['while', ['while, controller']],
    ['get', ['http, sampler']],
    ['poll', ['poll, controller']],
    ['pool', ['pool, processor']],
    ['__Random', ['__Random, function']],
    ['Random', ['__Random, function']],
    ['random', ['random, controller']],
    ['${__Random(1,6)}', ['__Random, function']],
    ['if', ['if, controller', '__if, function']],
    ['header', ['header, extractor', 'header, assertion']],
    ['While Controller', ['while, controller']],
    ['jsr223 postprocessor', ['script, processor']],
    ['FOREACH', ['forEach, controller']],
    ['thread groups', ['thread group, part of a plan']],
    ['threshold', ['thresholds, rule']],
  ])('%s leads to %j', (word, pages) => {
    expect(found(word)).toEqual(pages);
  });

  it('a key of the plan leads to that key alone, and to what is inside it', () => {
    const [{ page } = { page: undefined }] = findPages(all, 'sandbox');
    expect(page?.tables.flatMap(({ keys }) => keys.map(({ name }) => name))).toEqual([
      'sandbox',
      'sandbox.latency',
      'sandbox.errorRate',
      'sandbox.seed',
      'sandbox.detection',
      'sandbox.healing',
      'sandbox.objectLimit',
    ]);
  });

  it.each([
    ['wihle', 'there is no "wihle" in the plan language. Did you mean "while"?'],
    ['Randon', 'there is no "Randon" in the plan language. Did you mean "random"?'],
    ['quaternion', 'there is no "quaternion" in the plan language. plan docs lists what there is.'],
  ])('%s is told apart from what there is', (word, message) => {
    expect(() => findPages(all, word)).toThrow(message);
  });
});

describe('every kind of step', () => {
  const pages = new Set(all.flatMap(({ pages: each }) => each.map(({ name }) => name)));

  it.each([...language.samplers, ...language.controllers, ...language.processors])(
    '$kind has a page',
    (one) => {
      expect(pages).toContain(one.kind);
    },
  );
});

describe('every page', () => {
  const pages = all.flatMap(({ pages: each, one }) => each.map((page) => ({ ...page, one })));

  it.each(pages)('$name ($one) says something and is found by its name', ({ name, one, ...page }) => {
    expect(page.description).toMatch(/[.!]$/);
    expect(page.written.length).toBeGreaterThan(0);
    expect(found(name)).toContain(`${name}, ${one}`);
  });
});
