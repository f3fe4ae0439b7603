import { describe, expect, it } from 'vitest';
import { language } from '../../engine/api/language.ts';
import { chapters } from './chapters.ts';
import { findPages } from './find-pages.ts';
import { jmeterElements } from './jmeter-elements.ts';

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
    ['HTTP Request', ['http, sampler']],
    ['HTTPSamplerProxy', ['http, sampler']],
    ['org.apache.jmeter.protocol.http.sampler.HTTPSamplerProxy', ['http, sampler']],
    ['http request defaults', ['scope, part of a plan', 'http, sampler']],
    ['HeaderManager', ['http, part of a plan', 'scope, part of a plan']],
    ['LoopController', ['loop, controller']],
    ['bzm - Parallel Controller', ['parallel, controller']],
    ['setup thread group', ['plan, part of a plan', 'thread group, part of a plan']],
    ['View Results Tree', ['failures, listener', 'responses, listener', 'jtl-xml, listener']],
    ['Test Action', ['action, controller', 'pause, controller']],
    ['JSR223 PreProcessor', ['script, processor']],
    [
      'Response Assertion',
      ['status', 'contains', 'notContains', 'matches', 'equals'].map((one) => `${one}, assertion`),
    ],
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
    [
      'HTTP Hedaer Manager',
      'there is no "HTTP Hedaer Manager" in the plan language. Did you mean "HTTP Header Manager"?',
    ],
    ['Wihle Controller', 'Did you mean "While Controller"?'],
    ['jdbc request', "JMeter's JDBC Request has nothing of its kind here. Samplers are http, "],
    ['jp@gc - Dummy Sampler', "JMeter's Dummy Sampler has nothing of its kind here."],
    ['Response Time Graph', 'Nothing is drawn: run.json'],
    ['quaternion', 'there is no "quaternion" in the plan language. plan docs lists what there is.'],
  ])('%s is told apart from what there is', (word, message) => {
    expect(() => findPages(all, word)).toThrow(message);
  });
});

describe('every element of JMeter’s', () => {
  it.each(jmeterElements.flatMap(({ names, ...element }) => names.map((name) => ({ name, ...element }))))(
    '$name leads to its pages, or to a sentence',
    ({ name, pages, note }) => {
      expect(note).toMatch(/\.$/);
      if (pages.length === 0) {
        expect(() => findPages(all, name)).toThrow(note);
        return;
      }
      const told = findPages(all, name);
      for (const target of pages) {
        const [page = '', key] = target.split('#');
        const found = told.find((one) => one.page.name === page);
        expect(found, target).toBeDefined();
        if (key !== undefined)
          expect(found?.page.tables.flatMap(({ keys }) => keys).length).toBeGreaterThan(0);
      }
    },
  );
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
