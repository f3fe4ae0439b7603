import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadKinds } from '../load-kinds.ts';
import type { Json } from '../../model/json.ts';
import { testScope } from '../../template/test-support/scope.ts';
import type { Answer, Extractor } from '../element.ts';
import { testAnswer } from '../test-support/answer.ts';
import { boundary } from './boundary.ts';
import { css } from './css.ts';
import { header } from './header.ts';
import { jmesPath } from './jmes-path.ts';
import { jsonPath } from './json-path.ts';
import { regex } from './regex.ts';
import { xpath } from './xpath.ts';

type Options = Readonly<Record<string, unknown>>;
type Scope = ReturnType<typeof testScope>;

/** Runs extractors on answers, one after another, for the same user. */
function extract(extractor: Extractor, config: Options, answer: Answer, scope: Scope = testScope()) {
  const { properties = {} } = extractor.schema;
  const defaults = Object.fromEntries(
    Object.entries(properties).flatMap(([key, each]) => ('default' in each ? [[key, each.default]] : [])),
  );
  extractor.build('x', { render: () => ({ ...defaults, ...config }) })(answer, scope);
  return Object.fromEntries(scope.variables);
}

const text = (body: string) => testAnswer({ text: body });

beforeAll(() => loadKinds([{ kind: 'css' }, { kind: 'xpath' }, { kind: 'xml' }, { kind: 'jmesPath' }]));

describe('regex', () => {
  it.each<[Options, string, Record<string, string>]>([
    [{ regex: 'id=(\\d+)' }, 'id=7 id=8', { x: '7', x_matchNr: '2', x_g: '1', x_g0: 'id=7', x_g1: '7' }],
    [{ regex: 'id=\\d+' }, 'id=7', { x: 'id=7', x_matchNr: '1', x_g: '0', x_g0: 'id=7' }],
    [
      { regex: '(\\w)=(\\d)', template: '$2$/$1$!', match: 2 },
      'a=1,b=2',
      { x: '2/b!', x_matchNr: '2', x_g: '2', x_g0: 'b=2', x_g1: 'b', x_g2: '2' },
    ],
    [{ regex: 'a', template: 'here' }, 'a', { x: 'here', x_matchNr: '1', x_g: '0', x_g0: 'a' }],
    [{ regex: 'a(b)?' }, 'ac', { x: '', x_matchNr: '1', x_g: '1', x_g0: 'a', x_g1: '' }],
    [{ regex: 'a', match: 3, default: 'none' }, 'a a', { x: 'none', x_matchNr: '2' }],
    [{ regex: 'z', default: 'none' }, 'a', { x: 'none', x_matchNr: '0' }],
    [{ regex: 'z' }, 'a', { x: '', x_matchNr: '0' }],
    [{ regex: 'z', match: 'all', default: 'none' }, 'a', { x: 'none', x_matchNr: '0' }],
    [
      { regex: '(\\d)', match: 'all' },
      '1 2',
      {
        x_1: '1',
        x_1_g: '1',
        x_1_g0: '1',
        x_1_g1: '1',
        x_2: '2',
        x_2_g: '1',
        x_2_g0: '2',
        x_2_g1: '2',
        x_matchNr: '2',
      },
    ],
  ])('%j of %s', (config, body, expected) => {
    expect(extract(regex, config, text(body))).toEqual(expected);
  });

  it.each([
    ['ID=(.)', 'id=a', ''],
    ['(?i)ID=(.)', 'id=a', 'a'],
    ['<b>(.*)</b>', '<b>1\n2</b>', ''],
    ['(?s)<b>(.*)</b>', '<b>1\n2</b>', '1\n2'],
    ['^b(.)', 'a\nb1', ''],
    ['(?m)^b(.)', 'a\nb1', '1'],
    ['(?ims)^B(.*)c', 'a\nb1\nc', '1\n'],
  ])('%s in %j gives %j', (pattern, body, expected) => {
    expect(extract(regex, { regex: pattern }, text(body))['x']).toBe(expected);
  });

  it.each([
    ['body', 'bo&lt;dy'],
    ['unescaped', 'bo<dy'],
    ['headers', 'HTTP/1.1 201 Made\nX-Id: 5\n'],
    ['requestHeaders', 'X-Ask: 6\n'],
    ['url', 'http://127.0.0.1/p'],
    ['code', '201'],
    ['message', 'Made'],
  ])('looks at %s', (from, expected) => {
    const answer = testAnswer({
      text: 'bo&lt;dy',
      code: '201',
      message: 'Made',
      url: 'http://127.0.0.1/p',
      headers: { 'X-Id': '5' },
      request: { headers: { 'X-Ask': '6' } },
    });
    expect(extract(regex, { regex: '[^]*', from }, answer)['x']).toBe(expected);
  });

  it('decodes named, decimal and hexadecimal entities, and leaves others', () => {
    const answer = text('&eacute;&#233;&#xe9;&nope;&amp;lt;');
    expect(extract(regex, { regex: '.*', from: 'unescaped' }, answer)['x']).toBe('ééé&nope;&lt;');
  });

  it('takes away the groups of an earlier match when nothing matches', () => {
    const scope = testScope();
    extract(regex, { regex: 'a(b)(c)' }, text('abc'), scope);
    expect(extract(regex, { regex: 'a(b)(c)' }, text(''), scope)).toEqual({ x: '', x_matchNr: '0' });
  });

  it('takes away what a longer result left', () => {
    const scope = testScope();
    const config = { regex: '\\d', match: 'all' };
    extract(regex, config, text('1 2 3'), scope);
    expect(extract(regex, config, text('4'), scope)).toEqual({
      x_1: '4',
      x_1_g: '0',
      x_1_g0: '4',
      x_matchNr: '1',
    });
  });

  it('draws a random match', () => {
    const scope = testScope({ chances: [0.5] });
    expect(extract(regex, { regex: '\\d', match: 'random' }, text('1 2'), scope)['x']).toBe('2');
  });

  it.each<[Options, string]>([
    [{ regex: '(' }, 'Unterminated group'],
    [{ regex: '(?x)a' }, 'the flag x of (?x) is unknown'],
    [{ regex: 'a(b)', template: '$2$' }, 'the template speaks of group 2, and the pattern has 1'],
  ])('refuses %j before the run', (config, expected) => {
    expect(regex.check?.(config)).toContain(expected);
  });

  it.each<Options>([
    { regex: 'a(b)', template: '$1$' },
    { regex: '${pattern}(' },
    { regex: '(?i)a', template: 'constant' },
  ])('takes %j', (config) => {
    expect(regex.check?.(config)).toBeNull();
  });

  it.each<[Options, string[]]>([
    [{ regex: '(a)(b)' }, ['x', 'x_matchNr', 'x_g', 'x_g0', 'x_g1', 'x_g2']],
    [{ regex: '${p}' }, ['x', 'x_matchNr', 'x_g', 'x_g*']],
    [{ regex: '(' }, ['x', 'x_matchNr', 'x_g', 'x_g*']],
    [{ regex: 'a', match: 'all' }, ['x', 'x_matchNr', 'x_*']],
  ])('%j tells the variables it sets: %j', (config, expected) => {
    expect(regex.sets('x', config)).toEqual(expected);
  });

  it('finds a value whatever stands around it', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 0 }), fc.string(), (before, id, after) => {
        const body = `${before}\0id=${id};${after}`;
        expect(extract(regex, { regex: '\\0id=(\\d+);' }, text(body))['x']).toBe(String(id));
      }),
    );
  });
});

describe('boundary', () => {
  it.each<[Options, string, Record<string, string>]>([
    [{ boundary: { left: '[', right: ']' } }, '[a] [b]', { x: 'a', x_matchNr: '2' }],
    [{ boundary: { left: '[', right: ']' }, match: 2 }, '[a] [b]', { x: 'b', x_matchNr: '2' }],
    [
      { boundary: { left: '[', right: ']' }, match: 'all' },
      '[a[b]',
      { x_1: 'a[b', x_2: 'b', x_matchNr: '2' },
    ],
    [{ boundary: { left: '', right: ']' } }, 'a]b]', { x: 'a', x_matchNr: '1' }],
    [{ boundary: { left: '[', right: '' } }, 'a[b]', { x: 'b]', x_matchNr: '1' }],
    [{ boundary: { left: '', right: '' } }, 'ab', { x: 'ab', x_matchNr: '1' }],
    [{ boundary: { left: '[', right: ']' }, default: '-' }, '[a', { x: '-', x_matchNr: '0' }],
    [{ boundary: { left: '.*', right: '+' } }, 'a.*b+', { x: 'b', x_matchNr: '1' }],
    [{ boundary: { left: 'aa', right: 'c' }, match: 'all' }, 'aaac', { x_1: 'a', x_matchNr: '1' }],
  ])('%j of %s', (config, body, expected) => {
    expect(extract(boundary, config, text(body))).toEqual(expected);
  });

  it('looks at the headers', () => {
    const answer = testAnswer({ headers: { location: '/items/7' } });
    const config = { boundary: { left: '/items/', right: '\n' }, from: 'headers' };
    expect(extract(boundary, config, answer)['x']).toBe('7');
  });
});

describe('header', () => {
  const answer = testAnswer({ headers: { 'content-type': 'text/html', 'X-Empty': '', 'x-id': '7: 8' } });

  it.each([
    ['Content-Type', 'text/html', '1'],
    ['x-ID', '7: 8', '1'],
    ['x-empty', '', '1'],
    ['content', '-', '0'],
    ['HTTP/1.1 200', '-', '0'],
  ])('%s is "%s"', (name, expected, count) => {
    expect(extract(header, { header: name, default: '-' }, answer)).toEqual({
      x: expected,
      x_matchNr: count,
    });
  });

  it('has a match for each time it is sent', () => {
    const twice = { ...answer, headersText: () => 'HTTP/1.1 200 OK\nset-cookie: a=1\nset-cookie: b=2\n' };
    expect(extract(header, { header: 'Set-Cookie', match: 2 }, twice)).toEqual({ x: 'b=2', x_matchNr: '2' });
  });
});

describe('jmesPath', () => {
  const store: Json = { items: [{ id: 7 }, { id: 8, name: null }], open: true, nested: { a: [1] } };
  it.each<[string, Options, Record<string, string>]>([
    ['items[0].id', {}, { x: '7', x_matchNr: '1' }],
    ['items[*].id', { match: 2 }, { x: '8', x_matchNr: '2' }],
    ['items[*].id', { match: 'all' }, { x_1: '7', x_2: '8', x_matchNr: '2' }],
    ['items[?id > `7`].id | [0]', {}, { x: '8', x_matchNr: '1' }],
    ['nested', {}, { x: '{"a":[1]}', x_matchNr: '1' }],
    ['open', {}, { x: 'true', x_matchNr: '1' }],
    ['length(items)', {}, { x: '2', x_matchNr: '1' }],
    ['items[1].name', {}, { x: '-', x_matchNr: '0' }],
    ['missing', {}, { x: '-', x_matchNr: '0' }],
    ['constructor', {}, { x: '-', x_matchNr: '0' }],
    ['items[].none', { match: 'all' }, { x: '-', x_matchNr: '0' }],
  ])('%s %j', (path, config, expected) => {
    const answer = testAnswer({ json: store });
    expect(extract(jmesPath, { jmesPath: path, default: '-', ...config }, answer)).toEqual(expected);
  });

  it('finds nothing in what is not JSON', () => {
    expect(extract(jmesPath, { jmesPath: '@' }, text('<a/>'))).toEqual({ x: '', x_matchNr: '0' });
  });

  it.each(['a[', 'a b', ''])('refuses "%s" before the run', (path) => {
    expect(jmesPath.check?.({ jmesPath: path })).toContain('is not a JMESPath');
  });
});

describe('css', () => {
  const page = `<!doctype html><p class=a>one <b>two</b>
    three<p>four &amp; <a href="/x?a=1&amp;b=2">next</a><a>bare</a><input name=token value=t1>`;

  it.each<[Options, Record<string, string>]>([
    [{ css: 'p.a' }, { x: 'one two three', x_matchNr: '1' }],
    [
      { css: 'p', match: 'all' },
      { x_1: 'one two three', x_2: 'four & nextbare', x_matchNr: '2' },
    ],
    [
      { css: 'a', attribute: 'href' },
      { x: '/x?a=1&b=2', x_matchNr: '1' },
    ],
    [
      { css: 'input[name=token]', attribute: 'value' },
      { x: 't1', x_matchNr: '1' },
    ],
    [{ css: 'p > a:nth-of-type(2)' }, { x: 'bare', x_matchNr: '1' }],
    [
      { css: 'table', default: '-' },
      { x: '-', x_matchNr: '0' },
    ],
  ])('%j', (config, expected) => {
    expect(extract(css, config, text(page))).toEqual(expected);
  });

  it.each(['p[', 'p,', 'p::', ':nope'])('refuses "%s" before the run', (selector) => {
    expect(css.check?.({ css: selector })).toContain('is not a CSS selector');
  });
});

describe('xpath', () => {
  const page = '<r xmlns:s="urn:s"><i id="1">one</i><i id="2"><b>two</b></i><s:t>soap</s:t></r>';

  it.each<[Options, Record<string, string>]>([
    [{ xpath: '//i' }, { x: 'one', x_matchNr: '2' }],
    [
      { xpath: '//i', match: 2 },
      { x: 'two', x_matchNr: '2' },
    ],
    [
      { xpath: '//i', match: 2, fragment: true },
      { x: '<i id="2"><b>two</b></i>', x_matchNr: '2' },
    ],
    [
      { xpath: '//i/@id', match: 'all' },
      { x_1: '1', x_2: '2', x_matchNr: '2' },
    ],
    [
      { xpath: '//i/@id', fragment: true },
      { x: '1', x_matchNr: '2' },
    ],
    [{ xpath: '//i[1]/text()' }, { x: 'one', x_matchNr: '1' }],
    [{ xpath: 'count(//i)' }, { x: '2', x_matchNr: '1' }],
    [{ xpath: "//i = 'one'" }, { x: 'true', x_matchNr: '1' }],
    [
      { xpath: '//p:t', namespaces: { p: 'urn:s' } },
      { x: 'soap', x_matchNr: '1' },
    ],
    [{ xpath: '//s:t' }, { x: 'soap', x_matchNr: '1' }],
    [
      { xpath: '//t', default: '-' },
      { x: '-', x_matchNr: '0' },
    ],
  ])('%j', (config, expected) => {
    expect(extract(xpath, config, text(page))).toEqual(expected);
  });

  it.each([
    '',
    'text',
    '<a><b></a>',
    '<a/><b/>',
    '<a b=c/>',
    '<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>',
    '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>',
  ])('finds nothing in %j', (body) => {
    expect(extract(xpath, { xpath: '/*' }, text(body))).toEqual({ x: '', x_matchNr: '0' });
  });

  it.each<[string, string]>([
    ['//i | //r | //@id', 'r i 1 i 2 '],
    ['//b/ancestor-or-self::*', 'r i b '],
    ['//b/../preceding-sibling::*', 'i '],
    ['//b/ancestor::*', 'r i '],
    ['//*[@id or self::b]', 'i i b '],
  ])('%s comes in the order of the document', (expression, expected) => {
    const small = '<r><i id="1"/><i id="2"><b/></i></r>';
    const found = extract(xpath, { xpath: expression, match: 'all', fragment: true }, text(small));
    const names = Object.entries(found)
      .filter(([name]) => name !== 'x_matchNr')
      .map(([, value]) => `${/^<?(\w+)/.exec(value)?.[1] ?? ''} `);
    expect(names.join('')).toBe(expected);
  });

  it('takes no longer than its length for a predicate over many elements', () => {
    const many = `<r>${'<i id="5"/>'.repeat(1500)}</r>`;
    const startMs = performance.now();
    expect(extract(xpath, { xpath: '//i[@id="5"]' }, text(many))['x_matchNr']).toBe('1500');
    expect(performance.now() - startMs).toBeLessThan(1000);
  });

  it.each(['//i[', '', 'a b'])('refuses "%s" before the run', (expression) => {
    expect(xpath.check?.({ xpath: expression })).toContain('is not an XPath 1.0 expression');
  });
});

describe('a variable as the source', () => {
  it.each<[string, Extractor, Options, string]>([
    ['jsonPath', jsonPath, { jsonPath: '$.a' }, '{"a":"v"}'],
    ['jmesPath', jmesPath, { jmesPath: 'a' }, '{"a":"v"}'],
    ['regex', regex, { regex: 'a=(.)' }, 'a=v'],
    ['boundary', boundary, { boundary: { left: '<', right: '>' } }, '<v>'],
    ['css', css, { css: 'a' }, '<a>v</a>'],
    ['xpath', xpath, { xpath: '/a' }, '<a>v</a>'],
  ])('stands in for the answer: %s', (_, extractor, config, value) => {
    const all = { ...config, source: 'page', default: '-' };
    const answer = testAnswer({ text: value.replaceAll('v', 'w') });
    expect(extract(extractor, all, answer, testScope({ variables: { page: value } }))['x']).toBe('v');
    expect(extract(extractor, all, answer)['x']).toBe('-');
  });
});

describe('applyTo', () => {
  const redirected = testAnswer({
    text: '<a>3</a>',
    headers: { h: 'main' },
    code: '200',
    parts: [
      testAnswer({ text: '<a>1</a>', headers: { h: 'first' }, code: '302' }),
      testAnswer({ text: '<b/>', headers: {}, code: '303' }),
      testAnswer({ text: '<a>3</a>', headers: { h: 'last' }, code: '200' }),
    ],
  });
  const all = (...values: string[]) => ({
    ...Object.fromEntries(values.map((value, n) => [`x_${n + 1}`, value])),
    x_matchNr: String(values.length),
  });

  it.each<[Extractor, Options, string[], string[]]>([
    [boundary, { boundary: { left: '<a>', right: '<' } }, ['3'], ['1', '3']],
    [css, { css: 'a' }, ['3'], ['1', '3']],
    [xpath, { xpath: '//a' }, ['3'], ['1', '3']],
    [header, { header: 'H' }, ['main'], ['first', 'last']],
    [boundary, { boundary: { left: '', right: '' }, from: 'code' }, ['200'], ['302', '303', '200']],
  ])('%# main is the answer, subs its parts in order, all both', (extractor, config, main, subs) => {
    const found = (applyTo: string) => extract(extractor, { ...config, match: 'all', applyTo }, redirected);
    expect(found('main')).toEqual(all(...main));
    expect(found('subs')).toEqual(all(...subs));
    expect(found('all')).toEqual(all(...main, ...subs));
  });

  it('match numbers run over all, groups are those of the chosen', () => {
    const config = { regex: '<(a)>(\\d)', template: '$2$', match: 2, applyTo: 'all' };
    expect(extract(regex, config, redirected)).toEqual({
      x: '1',
      x_matchNr: '3',
      x_g: '2',
      x_g0: '<a>1',
      x_g1: 'a',
      x_g2: '1',
    });
  });

  it.each<[Extractor, Options]>([
    [jsonPath, { jsonPath: '$.i' }],
    [jmesPath, { jmesPath: 'i' }],
  ])('%# takes JSON of parts, and passes over what is none', (extractor, config) => {
    const parts = [testAnswer({ json: { i: 1 } }), text('no JSON'), testAnswer({ json: { i: 2 } })];
    const given = testAnswer({ text: '', parts });
    expect(extract(extractor, { ...config, match: 'all', applyTo: 'all' }, given)).toEqual(all('1', '2'));
  });

  it('finds nothing in the parts of a sample without any', () => {
    const given = extract(regex, { regex: 'a', applyTo: 'subs', default: '-' }, text('a'));
    expect(given).toEqual({ x: '-', x_matchNr: '0' });
  });
});

describe('any text', () => {
  it.each<[string, Extractor, Options]>([
    ['jsonPath', jsonPath, { jsonPath: '$..a' }],
    ['jmesPath', jmesPath, { jmesPath: 'a' }],
    ['regex', regex, { regex: '<(.*)', from: 'unescaped' }],
    ['boundary', boundary, { boundary: { left: '<', right: '>' } }],
    ['css', css, { css: 'a' }],
    ['xpath', xpath, { xpath: '//a' }],
  ])('is taken without an error: %s', (_, extractor, config) => {
    const odd = fc.oneof(
      fc.string(),
      fc.string({ unit: fc.constantFrom('<', 'a', '>', '/', '&', '#', 'x', ';', '"', '{', '}', ':', '\0') }),
    );
    fc.assert(
      fc.property(odd, (body) => {
        expect(extract(extractor, config, text(body))).toHaveProperty('x');
      }),
    );
  });
});
