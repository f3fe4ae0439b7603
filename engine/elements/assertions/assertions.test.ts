import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadKinds } from '../load-kinds.ts';
import { testScope } from '../../template/test-support/scope.ts';
import type { Answer, Assertion } from '../element.ts';
import { assertions } from '../index.ts';
import type { ElementUser } from '../element.ts';
import { testAnswer } from '../test-support/answer.ts';
import { contains } from './contains.ts';
import { hash } from './hash.ts';
import { matches } from './matches.ts';

type Options = Readonly<Record<string, unknown>>;

/** The failure, or null; the kind is the one whose name is the first key. */
function judged(config: Options, answer: Answer, variables: Record<string, string> = {}): string | null {
  const kind = assertions.get(Object.keys(config)[0] ?? '');
  if (!kind) throw new Error('no such kind');
  const { properties = {} } = kind.schema;
  const defaults = Object.fromEntries(
    Object.entries(properties).flatMap(([key, each]) => ('default' in each ? [[key, each.default]] : [])),
  );
  return kind.build({ render: () => ({ ...defaults, ...config }) }, site)(answer, user(variables));
}

/** These assertions look at nothing of a user's but its variables. */
const user = (variables: Record<string, string>) => testScope({ variables }) as unknown as ElementUser;
const site = { slot: 0, at: 'plan.yaml:1:1' };

const text = (body: string) => testAnswer({ text: body });

const answer = testAnswer({
  text: 'The body says id=7',
  code: '201',
  message: 'Made',
  url: 'http://127.0.0.1/p?q=1',
  headers: { 'content-type': 'text/plain; charset=utf-8', 'x-id': '7' },
  request: { headers: { 'X-Ask': '6' }, body: 'sent=1' },
});

beforeAll(() => loadKinds([{ kind: 'css' }, { kind: 'xpath' }, { kind: 'xml' }, { kind: 'jmesPath' }]));

describe('contains, notContains, equals and matches', () => {
  it.each<[Options, string | null]>([
    [{ contains: 'id=7' }, null],
    [{ contains: 'id=.' }, 'expected the body to contain "id=.", found "The body says id=7"'],
    [{ contains: ['body', 'id'] }, null],
    [{ contains: ['body', 'x', 'y'] }, 'expected the body to contain "x", found "The body says id=7"'],
    [{ contains: ['x', 'id'], any: true }, null],
    [
      { contains: ['x', 'z'], any: true },
      'expected the body to contain "x" or "z", found "The body says id=7"',
    ],
    [{ contains: 'x', not: true }, null],
    [{ contains: 'id', not: true }, 'expected the body not to contain "id", found "The body says id=7"'],
    [
      { contains: ['x', 'id'], not: true },
      'expected the body not to contain "id", found "The body says id=7"',
    ],
    [{ contains: ['x', 'id'], not: true, any: true }, null],
    [{ notContains: ['x', 'z'] }, null],
    [{ notContains: ['x', 'id'] }, 'expected the body not to contain "id", found "The body says id=7"'],
    [{ notContains: ['x', 'id'], any: true }, null],
    [{ equals: 'The body says id=7' }, null],
    [{ equals: 'The body' }, 'expected the body to equal "The body", found "The body says id=7"'],
    [{ equals: ['200', '201'], any: true, in: 'code' }, null],
    [{ equals: '201', not: true, in: 'code' }, 'expected the code not to equal "201", found "201"'],
    [{ matches: 'id=\\d' }, null],
    [{ matches: 'id=\\d', whole: true }, 'expected the body to match "id=\\\\d", found "The body says id=7"'],
    [{ matches: '.*id=\\d', whole: true }, null],
    [{ matches: 'THE' }, 'expected the body to match "THE", found "The body says id=7"'],
    [{ matches: '(?i)THE' }, null],
    [{ matches: ['^The', '\\d$'] }, null],
    [{ matches: ['^The', '^body'] }, 'expected the body to match "^body", found "The body says id=7"'],
    [{ contains: 'x', message: 'where is x?' }, 'where is x?'],
    [{ contains: 'HTTP/1.1 201 Made\ncontent-type: text/plain', in: 'headers' }, null],
    [{ contains: 'X-Ask: 6', in: 'requestHeaders' }, null],
    [{ equals: 'sent=1', in: 'requestBody' }, null],
    [{ contains: 'q=2', in: 'url' }, 'expected the URL to contain "q=2", found "http://127.0.0.1/p?q=1"'],
    [{ equals: 'Made', in: 'message' }, null],
    [{ contains: 'x', source: 'page' }, null],
    [{ contains: 'y', source: 'page' }, 'expected the variable page to contain "y", found "x"'],
    [{ contains: 'y', source: 'gone' }, 'expected the variable gone to contain "y", found ""'],
    [{ notContains: 'y', source: 'gone' }, null],
  ])('%j: %s', (config, expected) => {
    expect(judged(config, answer, { page: 'x' })).toBe(expected);
  });

  it.each([
    ['a|b', 'b', true],
    ['a|b', 'ab', false],
    ['(?m)^b$', 'a\nb', false],
    ['a', 'a\n', false],
    ['a.b', 'a\nb', false],
    ['(?s)a.b', 'a\nb', true],
    ['', '', true],
  ])('whole: %s matches all of %j: %s', (pattern, body, expected) => {
    expect(judged({ matches: pattern, whole: true }, text(body)) === null).toBe(expected);
  });

  it('shows the start of a long body only', () => {
    const failure = judged({ contains: 'x' }, text('a'.repeat(1e6)));
    expect(failure).toBe(`expected the body to contain "x", found "${'a'.repeat(100)}…"`);
  });

  it.each(['(', ['a', '(']])('refuses the pattern %j before the run', (pattern) => {
    expect(matches.check?.({ matches: pattern })).toContain('Unterminated group');
  });

  it.each(['a', ['a', 'b'], '${x}('])('takes the pattern %j', (pattern) => {
    expect(matches.check?.({ matches: pattern })).toBeNull();
  });

  it('passes or fails, and with not the other way round', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ minLength: 1 }), (body, wanted) => {
        const config = { contains: wanted };
        const plain = judged(config, text(body));
        expect(judged({ ...config, not: true }, text(body)) === null).toBe(plain !== null);
        expect(plain === null).toBe(body.includes(wanted));
      }),
    );
  });
});

describe('jsonPath and jmesPath', () => {
  const json = testAnswer({
    json: {
      status: 'done',
      n: 5,
      none: null,
      items: [{ id: 1 }, { id: 2 }],
      tags: ['a', 'b'],
      empty: [],
      o: { k: 1 },
    },
  });

  it.each<[Options, string | null]>([
    [{ jsonPath: '$.status' }, null],
    [{ jsonPath: '$.gone' }, 'expected $.gone to exist, found nothing'],
    [{ jsonPath: '$.items[?@.id > 5]' }, 'expected $.items[?@.id > 5] to exist, found nothing'],
    [{ jsonPath: '$.none' }, null],
    [{ jsonPath: '$.gone', not: true }, null],
    [{ jsonPath: '$.status', not: true }, 'expected $.status not to exist, found "done"'],
    [{ jsonPath: '$.status', equals: 'done' }, null],
    [{ jsonPath: '$.status', equals: 'Done' }, 'expected $.status to be "Done", found "done"'],
    [{ jsonPath: '$.n', equals: 5 }, null],
    [{ jsonPath: '$.n', equals: '5' }, null],
    [{ jsonPath: '$.tags', equals: 'b' }, null],
    [{ jsonPath: '$.tags', equals: '["a","b"]' }, null],
    [{ jsonPath: '$.empty', equals: '[]' }, null],
    [{ jsonPath: '$.items[*].id', equals: 2 }, null],
    [{ jsonPath: '$.items[*].id', equals: 3 }, 'expected $.items[*].id to be "3", found "1" and 1 more'],
    [{ jsonPath: '$.status', oneOf: ['failed', 'done'] }, null],
    [{ jsonPath: '$.status', oneOf: ['a', 'b'] }, 'expected $.status to be one of "a", "b", found "done"'],
    [{ jsonPath: '$.status', contains: 'on' }, null],
    [{ jsonPath: '$.status', matches: 'on' }, null],
    [{ jsonPath: '$.status', matches: 'on', whole: true }, 'expected $.status to match "on", found "done"'],
    [{ jsonPath: '$.status', matches: 'on', not: true }, 'expected $.status not to match "on", found "done"'],
    [{ jsonPath: '$.items', minLength: 2, maxLength: 2 }, null],
    [
      { jsonPath: '$.items', minLength: 3 },
      'expected $.items to have a length of at least 3, found "[{\\"id\\":1},{\\"id\\":2}]" of length 2',
    ],
    [
      { jsonPath: '$.empty', minLength: 1 },
      'expected $.empty to have a length of at least 1, found "[]" of length 0',
    ],
    [{ jsonPath: '$.o', maxLength: 1 }, null],
    [{ jsonPath: '$.n', minLength: 0 }, 'expected $.n to have a length of at least 0, found "5"'],
    [{ jsonPath: '$.none', isNull: true }, null],
    [{ jsonPath: '$.n', isNull: true }, 'expected $.n to be null, found "5"'],
    [{ jsonPath: '$.none', isNull: false }, 'expected $.none to be other than null, found null'],
    [{ jsonPath: '$.gone', isNull: true }, 'expected $.gone to be null, found nothing'],
    [{ jsonPath: '$.gone', message: 'gone' }, 'gone'],
    [{ jsonPath: '$.k', equals: 1, source: 'page' }, null],
    [{ jmesPath: 'status' }, null],
    [{ jmesPath: 'gone' }, 'expected gone to exist, found nothing'],
    [{ jmesPath: 'none' }, 'expected none to exist, found nothing'],
    [{ jmesPath: 'none', isNull: true }, null],
    [{ jmesPath: 'length(items)', equals: 2 }, null],
    [{ jmesPath: 'items[].id', equals: 2 }, null],
    [{ jmesPath: 'items', minLength: 3, not: true }, null],
    [{ jmesPath: 'k', equals: 2, source: 'page' }, 'expected k to be "2", found "1"'],
  ])('%j: %s', (config, expected) => {
    expect(judged(config, json, { page: '{"k":1}' })).toBe(expected);
  });

  it.each<Options>([{ jsonPath: '$.a' }, { jmesPath: 'a' }, { jsonPath: '$.a', not: true }])(
    '%j fails for what is not JSON',
    (config) => {
      expect(judged(config, text('<a/>'))).toBe('expected JSON, found "<a/>"');
    },
  );

  it.each<[string, Options, string]>([
    ['jsonPath', { jsonPath: '$[' }, 'is not a JSONPath'],
    ['jsonPath', { jsonPath: '$.a', matches: '(' }, 'Unterminated group'],
    ['jmesPath', { jmesPath: 'a[' }, 'is not a JMESPath'],
    ['xpath', { xpath: '//' }, 'is not an XPath'],
    ['header', { header: 'a', matches: '(' }, 'Unterminated group'],
  ])('%s refuses %j before the run', (kind, config, expected) => {
    expect(assertions.get(kind)?.check?.(config)).toContain(expected);
  });
});

describe('size', () => {
  const sized = testAnswer({ text: 'üb', headers: { a: 'b' }, bytesReceived: 50 });
  it.each<[Options, string | null]>([
    [{ size: { equals: 3 } }, null],
    [{ size: { equals: 2 } }, 'expected the body to have 2 bytes, found 3'],
    [{ size: { atLeast: 3, atMost: 3 } }, null],
    [{ size: { atLeast: 4 } }, 'expected the body to have at least 4 bytes, found 3'],
    [
      { size: { atLeast: 1, atMost: 2 } },
      'expected the body to have at least 1 and at most 2 bytes, found 3',
    ],
    [{ size: { equals: 3 }, not: true }, 'expected the body not to have 3 bytes, found 3'],
    [{ size: { equals: 50 }, of: 'all' }, null],
    [{ size: { equals: 'HTTP/1.1 200 OK\r\na: b\r\n\r\n'.length }, of: 'headers' }, null],
    [{ size: { equals: 3 }, of: 'code' }, null],
    [{ size: { equals: 2 }, of: 'message' }, null],
    [{ size: { atMost: 0 }, message: 'too much' }, 'too much'],
  ])('%j: %s', (config, expected) => {
    expect(judged(config, sized)).toBe(expected);
  });
});

describe('header', () => {
  it.each<[Options, string | null]>([
    [{ header: 'Content-Type' }, null],
    [{ header: 'gone' }, 'expected the header gone to exist, found nothing'],
    [{ header: 'gone', not: true }, null],
    [{ header: 'x-id', equals: 7 }, null],
    [{ header: 'content-type', contains: 'plain' }, null],
    [
      { header: 'content-type', matches: '^TEXT/' },
      'expected the header content-type to match "^TEXT/", found "text/plain; charset=utf-8"',
    ],
    [{ header: 'x-id', oneOf: ['6', '7'] }, null],
  ])('%j: %s', (config, expected) => {
    expect(judged(config, answer)).toBe(expected);
  });
});

describe('xml and xpath', () => {
  it.each([
    ['<a><b/>ü</a>', null],
    ['<?xml version="1.0"?><!DOCTYPE a><a>&amp;</a>', null],
    ['', '1:0: document must contain a root element.'],
    ['<a><b></a>', '1:10: unexpected close tag.'],
    ['<a/><b/>', '1:7: documents may contain only one root.'],
    ['<a b=c/>', '1:6: unquoted attribute value.'],
    ['<a x="1" x="2"/>', '1:16: duplicate attribute: x.'],
    ['<a>\u0001</a>', '1:4: disallowed character.'],
    ['<a>&nbsp;</a>', '1:9: undefined entity.'],
  ])('%j is XML, or not: %s', (body, mistake) => {
    const failure = judged({ xml: true }, text(body));
    expect(failure).toBe(mistake === null ? null : `expected well-formed XML, found at ${mistake}`);
  });

  const page = text('<r xmlns="urn:r"><i id="1">one</i><i id="2">two</i></r>');
  it.each<[Options, string | null]>([
    [{ xpath: "//*[local-name()='i']" }, null],
    [{ xpath: '//p:i', namespaces: { p: 'urn:r' } }, null],
    [{ xpath: '//p:i', namespaces: { p: 'urn:s' } }, 'expected //p:i to exist, found nothing'],
    [{ xpath: '//p:i', namespaces: { p: 'urn:s' }, not: true }, null],
    [{ xpath: 'count(/*/*) = 2' }, null],
    [{ xpath: 'count(/*/*) = 3' }, 'expected count(/*/*) = 3 to exist, found nothing'],
    [{ xpath: 'count(//gone)' }, 'expected count(//gone) to exist, found nothing'],
    [{ xpath: 'count(//gone)', equals: 0 }, null],
    [{ xpath: '/*/*/@id', equals: '2' }, null],
    [{ xpath: '/*/*/@id', equals: '3' }, 'expected /*/*/@id to be "3", found "1" and 1 more'],
    [{ xpath: '/*/*', matches: '^t' }, null],
  ])('%j: %s', (config, expected) => {
    expect(judged(config, page)).toBe(expected);
  });

  it.each<Options>([{ xpath: '/a' }, { xpath: '/a', not: true }])(
    '%j fails for what is not XML',
    (config) => {
      expect(judged(config, text('{}'))).toContain('expected XML, found "{}": ');
    },
  );

  it('look at a variable', () => {
    expect(judged({ xml: true, source: 'page' }, text(''), { page: '<a/>' })).toBeNull();
    expect(judged({ xpath: '/a', source: 'page' }, text(''), { page: '<a/>' })).toBeNull();
  });
});

describe('hash', () => {
  const md5 = createHash('md5').update('ü').digest('hex');
  it.each<[Options, string | null]>([
    [{ hash: 'md5', equals: md5 }, null],
    [{ hash: 'md5', equals: md5.toUpperCase() }, null],
    [{ hash: 'sha256', equals: createHash('sha256').update('ü').digest('hex') }, null],
    [{ hash: 'md5', equals: '0'.repeat(32) }, `expected the md5 to be "${'0'.repeat(32)}", found "${md5}"`],
    [{ hash: 'md5', equals: md5, not: true }, `expected the md5 not to be "${md5}", found "${md5}"`],
  ])('%j: %s', (config, expected) => {
    expect(judged(config, text('ü'))).toBe(expected);
  });

  it('is of the bytes, whether they are text or not, or of the text of a variable', () => {
    const bytes = new Uint8Array([0xff, 0, 0xfe]);
    const digest = createHash('md5').update(bytes).digest('hex');
    expect(judged({ hash: 'md5', equals: digest }, testAnswer({ bytes }))).toBeNull();
    expect(judged({ hash: 'md5', equals: md5, source: 'v' }, testAnswer({ bytes }), { v: 'ü' })).toBeNull();
  });

  it.each<[Options, string | null]>([
    [{ hash: 'md5', equals: 'abc' }, 'a digest of md5 has 32 hexadecimal digits, found "abc"'],
    [
      { hash: 'md5', equals: 'z'.repeat(32) },
      `a digest of md5 has 32 hexadecimal digits, found "${'z'.repeat(32)}"`,
    ],
    [{ hash: 'md5', equals: md5 }, null],
    [{ hash: 'md5', equals: '${digest}' }, null],
  ])('checks %j before the run: %s', (config, expected) => {
    expect(hash.check?.(config)).toBe(expected);
  });
});

describe('every assertion', () => {
  it.each([...assertions.values()].map((each): [string, Assertion] => [each.kind, each]))(
    '%s names itself in its schema and requires itself',
    (kind, { schema }) => {
      expect(schema.properties).toHaveProperty(kind);
      expect(schema.required).toContain(kind);
      expect(schema.additionalProperties).toBe(false);
    },
  );

  it('renders its configuration for each user', () => {
    const assertion = contains.build(
      { render: (one) => ({ contains: one.get('name') ?? '', any: false, in: 'body', not: false }) },
      site,
    );
    expect(assertion(text('ann'), user({ name: 'ann' }))).toBeNull();
    expect(assertion(text('ann'), user({ name: 'bob' }))).toContain('"bob"');
  });
});
