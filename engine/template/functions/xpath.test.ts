import { beforeAll, describe, expect, it } from 'vitest';
import { xmlParser } from '../../markup/xml-parser.ts';
import { parseTemplate } from '../parse.ts';
import { renderer } from '../render.ts';
import { render } from '../test-support/render.ts';
import { testScope } from '../test-support/scope.ts';

const files = new Map([
  [
    'plain.xml',
    '<list>\n <item id="a">one <b>and</b> two</item>\n <item id="b"><![CDATA[<]]>&amp;</item>\n</list>',
  ],
  ['default.xml', '<list xmlns="urn:x"><item id="c">three</item></list>'],
  ['prefix.xml', '<p:list xmlns:p="urn:x"><p:item p:id="d">four</p:item><item>bare</item></p:list>'],
  ['broken.xml', '<list><item></list>'],
  ['empty.xml', ''],
  ['swollen.xml', '<!DOCTYPE l [<!ENTITY e SYSTEM "plain.xml">]><l>&e;</l>'],
]);

describe('__XPath', () => {
  beforeAll(xmlParser.load);

  it.each([
    ['plain.xml', '//item/@id', ['a', 'b', 'a']],
    ['plain.xml', ' //item ', ['one and two', '<&', 'one and two']],
    ['plain.xml', '//item/text()', ['one ', ' two', '<', '&']],
    ['plain.xml', '//item[@id="b"]', ['<&', '<&']],
    ['plain.xml', 'count(//item)', ['2', '2']],
    ['plain.xml', 'concat(//item/@id, "-", //b)', ['a-and', 'a-and']],
    ['plain.xml', '//item[1]/@id | //item[2]/@id', ['a', 'b', 'a']],
    ['default.xml', '/list/item/@id', ['c']],
    ['prefix.xml', '/p:list/p:item', ['four', 'four']],
    ['prefix.xml', '//@p:id', ['d']],
    ['prefix.xml', '//item', ['bare']],
  ])('%s,%s gives %j, one after the other', (file, expression, expected) => {
    const next = renderer(parseTemplate(`\${__XPath(${file},${expression})}`, () => 0));
    const scope = testScope({ files });
    expect(expected.map(() => next(scope))).toEqual(expected);
    expect(scope.logged).toEqual([]);
  });

  it.each([
    ['plain.xml', '//none', /^WARN __XPath: nothing in plain\.xml matches \/\/none$/],
    ['plain.xml', '//q:item', /^ERROR __XPath: plain\.xml: \/\/q:item: .*q/],
    ['plain.xml', '${broken}', /^ERROR __XPath: plain\.xml: \/\/\[: /],
    ['none.xml', '//item', /^ERROR __XPath: none\.xml: no such file: none\.xml$/],
    ['broken.xml', '//item', /^ERROR __XPath: broken\.xml: 1:19: unexpected close tag/],
    ['empty.xml', '//item', /^ERROR __XPath: empty\.xml: /],
    ['swollen.xml', '/l', /^ERROR __XPath: swollen\.xml: .*entity/],
  ])('%s,%s is empty, and the log says why, once', (file, expression, line) => {
    const next = renderer(parseTemplate(`\${__XPath(${file},${expression})}`, () => 0));
    const scope = testScope({ files, variables: { broken: '//[' } });
    expect([next(scope), next(scope)]).toEqual(['', '']);
    expect(scope.logged).toEqual([expect.stringMatching(line)]);
  });

  it('has one place for a file and an expression, for all occurrences and users of all workers', () => {
    const shared = new Map<string | number, number>();
    const [anna, ben] = [testScope({ files, shared }), testScope({ files, shared })];
    const [here, there] = [0, 1].map((slot) =>
      renderer(parseTemplate('${__XPath(plain.xml,//item/@id)}', () => slot)),
    );
    expect([here!(anna), there!(ben), there!(anna), here!(ben)]).toEqual(['a', 'b', 'a', 'b']);
    expect(render('${__XPath(plain.xml,//@id)}', { files, shared }).text).toBe('a');
  });

  it('counts only where there is something to go through', () => {
    const shared = new Map<string | number, number>();
    render('${__XPath(plain.xml,//item[@id="b"])}${__XPath(plain.xml,//none)}', { files, shared });
    expect(shared.size).toBe(0);
  });

  it('reads a file in the encoding that it declares', () => {
    const scope = testScope();
    const declared = '<?xml version="1.0" encoding="ISO-8859-1"?>';
    const readFile = (_: string, encoding: string) =>
      `${declared}<l>${encoding === 'ISO-8859-1' ? 'é' : '\uFFFD'}</l>`;
    const next = renderer(parseTemplate('${__XPath(l.xml,/l)}', () => 0));
    expect(next({ ...scope, host: { ...scope.host, readFile } })).toBe('é');
  });

  it('may stand in text that is evaluated; a mistake leaves that as it is', () => {
    const variables = { good: '${__XPath(plain.xml,//b)}', bad: '${__XPath(plain.xml,//[)}' };
    const { text, scope } = render('${__evalVar(good)} ${__eval(${bad})}', { files, variables });
    expect(text).toBe('and ${__XPath(plain.xml,//[)}');
    expect(scope.logged[0]).toContain('__XPath: "//[" is not an XPath 1.0 expression');
  });
});
