import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { render, type Given } from '../test-support/render.ts';

const variables = {
  n: '2',
  a2: 'second',
  x: '${y}',
  y: 'deep',
  markup: '<a href="x">Ü & \'é\'</a>',
  sum: '1',
};

describe('functions on text', () => {
  it.each<[string, string]>([
    ['${__V(a${n})}', 'second'],
    ['${__V(a3)}', 'a3'],
    ['${__V(a3,none)}', 'none'],
    ['${__V(a3,)}', ''],
    ['${__isVarDefined(n)} ${__isVarDefined(m)}', 'true false'],
    ['${__isDefined(n)} ${__isDefined(m)}', '1 0'],
    ['${__if(${n},2,two,other)} ${__if(${n},3,three,other)}', 'two other'],
    ['${__changeCase(aB c)} ${__changeCase(aB,lower)} ${__changeCase(aB,CAPITALIZE)}', 'AB C ab AB'],
    ['${__changeCase(aB,sideways)}', 'aB'],
    ['${__uppercase(straße)} ${__lowercase(ÀB)}', 'STRASSE àb'],
    ['${__caseFormat(some-long_name here)}', 'someLongNameHere'],
    ['${__caseFormat(some-long_NAME ,UPPER_CAMEL_CASE)}', 'SomeLongName'],
    ['${__caseFormat(Some Long,kebab_case)} ${__caseFormat(Some Long,SNAKE_CASE)}', 'some-long some_long'],
    [
      '${__caseFormat(Some Long,TRAIN_CASE)} ${__caseFormat(Some Long,UPPER_UNDERSCORE)}',
      'SOME-LONG SOME_LONG',
    ],
    ['${__caseFormat(Some Long,MAD)}', 'Some Long'],
    ['${__strLen(äöü)} ${__strLen()}', '3 0'],
    ['${__substring(abcdef,2,4)}|${__substring(abc,1,1)}', 'cd|'],
    ['${__strReplace(a.b.c,.,$1)}', 'a$1b$1c'],
    ['${__strReplaceRegex(John Smith,(\\w+) (\\w+),$2 $1 \\\\$0 $0)}', 'Smith John $0 John Smith'],
    ['${__strReplaceRegex(aAa,(?i)A,b)}', 'bbb'],
    ['${__char(0x41,66,0103,#44)}', 'ABCD'],
    ['${__char(x,65)}', 'A'],
    ['${__unescape(a\\n\\t\\u00e4\\101\\x\\"\\\\)}', 'a\n\täAx"'],
    ['${__escapeHtml(${markup})}', "&lt;a href=&quot;x&quot;&gt;&Uuml; &amp; '&eacute;'&lt;/a&gt;"],
    ['${__escapeHtml(€ α 😀 č)}', '&euro; &alpha; 😀 č'],
    ['${__unescapeHtml(&lt;&auml;&#228;&#xE4;&euro;&nope;&amp;lt;)}', '<äää€&nope;&lt;'],
    ['${__escapeXml(<a b="\'">&)}', '&lt;a b=&quot;&apos;&quot;&gt;&amp;'],
    ['${__escapeXml(a\u0001b\u0085c\u0084)}', 'ab\u0085c&#132;'],
    ["${__urlencode(a b&c=ü*-._~!'())}", 'a+b%26c%3D%C3%BC*-._%7E%21%27%28%29'],
    ['${__urldecode(a+b%26%C3%BC)}', 'a b&ü'],
    ['${__escapeOroRegexpChars([a.b]_c?)}', '\\[a\\.b\\]_c\\?'],
    ['${__base64Encode(Grüße)} ${__base64Decode(R3LDvMOfZQ)}', 'R3LDvMOfZQ== Grüße'],
    ['${__MD5(abc)}', '900150983cd24fb0d6963f7d28e17f72'],
    ['${__digest(SHA-1,abc)}', 'a9993e364706816aba3e25717850c26c9cd0d89d'],
    ['${__digest(MD5,ab,c,TRUE)}', '900150983CD24FB0D6963F7D28E17F72'],
    ['${__intSum(1,2,3)} ${__intSum(2147483647,1)} ${__intSum(-1,+5)}', '6 -2147483648 4'],
    ['${__longSum(9223372036854775807,1)} ${__longSum(1, 2)}', '-9223372036854775808 3'],
    ['${__doubleSum(1.256,4.3346)} ${__doubleSum(1,2)}', '5.5906 3.0'],
    ['${__split(a,b)}', 'a'],
    ['${__eval(${x})} ${__evalVar(x)} ${__evalVar(none)}', 'deep deep ${none}'],
    ['${__eval(${__V(x)} and ${__Random(3,3)})}', '${y} and 3'.replace('${y}', 'deep')],
    ['${__regexFunction((\\d)-(\\d),$2$$1$,2,,no,,in)}', '43'],
    ['${__regexFunction((\\d)-,$1$,ALL,+,no,,in)}', '1+3+5'],
    ['${__regexFunction((\\d)-,$1$,0.5,,no,,in)}', '3'],
    ['${__regexFunction((\\d)-,$1$,9,,no,,in)}', 'no'],
    ['${__regexFunction((\\d)-,$1$,1,,no)}', 'no'],
    ['${__regexFunction(nothing,$0$,,,,,in)}', ''],
  ])('%s is %s', (text, expected) => {
    expect(render(text, { variables: { ...variables, in: '1-2 3-4 5-6' } }).text).toBe(expected);
  });

  it.each<[string, Given, string, string | undefined]>([
    ['${__intSum(1,2, total )}', {}, 'total', '3'],
    ['${__doubleSum(0.5,2,total)}', {}, 'total', '2.5'],
    ['${__intSum(1,2,3000000000)}', {}, '3000000000', '3'],
    ['${__split(a||c,part,|)}', {}, 'part_2', '?'],
    ['${__split(a,part)}', { variables: { part_2: 'old' } }, 'part_2', undefined],
    ['${__split(a-b_c,part,_-)}', {}, 'part_3', 'c'],
    ['${__split(${list},part)}', { variables: { list: ',a,' } }, 'part_n', '3'],
    ['${__split(,part)}', {}, 'part_n', '0'],
    ['${__split(a b,part)}', {}, 'part', 'a b'],
    ['${__regexFunction((.),$1$,2,,,r,in)}', { variables: { in: 'xyz' } }, 'r', 'y'],
    ['${__regexFunction((.),$1$,2,,,r,in)}', { variables: { in: 'xyz' } }, 'r_matchNr', '3'],
    ['${__regexFunction(.(.),$0$,,,,r,in)}', { variables: { in: 'xyz' } }, 'r_g1', 'y'],
    ['${__regexFunction(q,$0$,,,none,r,in)}', { variables: { in: 'xyz' } }, 'r', 'none'],
    ['${__if(a,a,same,not, v )}', {}, 'v', 'same'],
    ['${__MD5(abc,sum)}', {}, 'sum', '900150983cd24fb0d6963f7d28e17f72'],
    ['${__digest(MD5,abc,,,sum)}', {}, 'sum', '900150983cd24fb0d6963f7d28e17f72'],
    ['${__substring(abc,0,1,s)}', {}, 's', 'a'],
    ['${__eval(${__split(a,inner)})}', {}, 'inner_1', 'a'],
  ])('%s with %o sets %s to %s', (text, given, variable, value) => {
    expect(render(text, given).scope.variables.get(variable)).toBe(value);
  });

  it.each([
    ['${__intSum(1,x,2)}', '__intSum adds numbers, found "x"'],
    ['${__substring(abc,1,9)}', 'begin ≤ end ≤ 3, found 1 and 9'],
    ['${__urldecode(%zz)}', 'percent-encoding'],
    ['${__strReplaceRegex(a,[,b)}', 'is not a regular expression'],
    ['${__digest(MD99,a)}', '__digest with "MD99"'],
    ['${__regexFunction(.,$0$,many,,,,in)}', 'no match "many"'],
  ])('%s is refused: %s', (text, message) => {
    expect(() => render(text, { variables: { in: 'x' } })).toThrow(message);
  });

  it('leaves evaluated text that has a mistake as it is, and logs why', () => {
    for (const mistake of ['${', '${__nothing(a)}', '${__Random(1)}']) {
      const { text, scope } = render('${__evalVar(x)}', { variables: { x: mistake } });
      expect(text).toBe(mistake);
      expect(scope.logged[0]).toContain('stays as it is');
    }
  });

  it('counts anew in each evaluation', () => {
    const counter = '${__counter(TRUE)}${__counter(FALSE)}';
    const { text } = render('${__evalVar(c)} ${__evalVar(c)}', { variables: { c: counter } });
    expect(text).toBe('11 11');
  });

  it.each([
    ['${__base64Decode(${__base64Encode(${x})})}'],
    ['${__urldecode(${__urlencode(${x})})}'],
    ['${__unescapeHtml(${__escapeHtml(${x})})}'],
  ])('%s is x', (text) => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (x) => {
        expect(render(text, { variables: { x } }).text).toBe(x);
      }),
    );
  });

  it('escapes any text for a regular expression that matches it alone', () => {
    fc.assert(
      fc.property(fc.string(), (x) => {
        const { text } = render('${__escapeOroRegexpChars(${x})}', { variables: { x } });
        expect(new RegExp(`^${text}$`).test(x)).toBe(true);
      }),
    );
  });
});
