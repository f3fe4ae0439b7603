import { beforeAll, describe, expect, it } from 'vitest';
import { boundPatterns } from '../run/bounded-patterns.ts';
import { boundedWork } from '../run/bounded-work.ts';
import { testScope } from '../template/test-support/scope.ts';
import { matches } from './assertions/matches.ts';
import type { ElementUser } from './element.ts';
import { boundary } from './extractors/boundary.ts';
import { css } from './extractors/css.ts';
import { jsonPath } from './extractors/json-path.ts';
import { regex } from './extractors/regex.ts';
import { xpath } from './extractors/xpath.ts';
import { loadKinds } from './load-kinds.ts';
import { testAnswer } from './test-support/answer.ts';

beforeAll(async () => {
  boundPatterns();
  await loadKinds([{ kind: 'css' }, { kind: 'xpath' }]);
});

const scope = testScope();
const user = { ...scope, host: { ...scope.host, bounded: boundedWork({ leastMs: 20 }) } };
/** Elements look at nothing of a user's but its variables and its host. */
const elementUser = user as unknown as ElementUser;
const site = { slot: 0, at: 'here' };
const extractors = { boundary, regex, css, xpath, jsonPath };

/** What an extractor finds in all, or the sentence by which the sample fails. */
function found(options: Readonly<Record<string, unknown>>, text: string): number | string {
  const [kind] = Object.entries(extractors).flatMap(([key, one]) => (key in options ? [one] : []));
  const config = { match: 'all', default: '', from: 'body', applyTo: 'main', namespaces: {}, ...options };
  try {
    kind?.build('x', { render: () => config })(testAnswer({ text, json: undefined }), user);
    return Number(user.get('x_matchNr'));
  } catch (error) {
    return String(error);
  }
}

const deep = (depth: number, name = 'a') => `<${name}>`.repeat(depth) + `</${name}>`.repeat(depth);
const lists = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

describe('an answer that would be looked through for ever', () => {
  it.each([
    [{ regex: '(?=a)^(a+)+$' }, `${'a'.repeat(40)}b`],
    [{ regex: '(?i)(x+x+)+y' }, 'x'.repeat(60)],
    [{ regex: '(a*)*\\1b' }, 'a'.repeat(60)],
    [{ regex: 'x[^]*?y|x' }, 'x'.repeat(400_000)],
    [{ css: 'div:has(div:has(div:has(b)))' }, deep(1500, 'div')],
    [{ xpath: '//a[.//a[.//a[.//b]]]' }, deep(1000)],
    [{ jsonPath: '$..*..*..*..*..*..*..*..*' }, lists(45)],
  ])('%j is ended, and says so', (options, text) => {
    expect(found(options, text)).toMatch(/^RangeError: the (pattern|CSS|XPath|JSONPath).* was ended/);
  });

  it.each([
    [{ css: 'div' }, deep(100_000, 'div')],
    [{ xpath: '//a' }, deep(100_000)],
  ])('%j that is too deep is not looked through', (options, text) => {
    expect(found(options, text)).toMatch(/nested more than 2000 deep/);
  });

  it('fails an assertion', () => {
    const config = { matches: '(?=a)^(a+)+$', whole: false, in: 'body', applyTo: 'main', not: false };
    const judge = matches.build({ render: () => config }, site);
    expect(() => judge(testAnswer({ text: `${'a'.repeat(40)}b` }), elementUser)).toThrow(/was ended/);
  });
});

it('many left boundaries before one right boundary are gone through once', () => {
  expect(found({ boundary: { left: 'a', right: 'b' } }, `${'a'.repeat(100_000)}b`)).toBe(100_000);
});

describe('a large answer that is none', () => {
  const flat = `<r>${Array.from({ length: 40_000 }, (_, n) => `<i id="${n}">${n}</i>`).join('')}</r>`;
  const whole = { ...user, host: { ...scope.host } };

  it.each([
    ['//i', 40_000],
    ['//i[@id="39999"]', 1],
    ['//i[last()]', 1],
    ['//i | //i/@id', 80_000],
    ['//r//i', 40_000],
  ])('XPath %s', (expression, count) => {
    const config = { xpath: expression, match: 'all', default: '', applyTo: 'main', namespaces: {} };
    xpath.build('x', { render: () => config })(testAnswer({ text: flat }), whole);
    expect(Number(whole.get('x_matchNr'))).toBe(count);
  });
});
