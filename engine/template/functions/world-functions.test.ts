import { describe, expect, it } from 'vitest';
import { parseTemplate } from '../parse.ts';
import { renderer } from '../render.ts';
import { render, type Given } from '../test-support/render.ts';
import { testScope } from '../test-support/scope.ts';

const parse = (text: string) => renderer(parseTemplate(text, () => 0));

describe('functions on the machine, the run and chance', () => {
  it.each<[string, Given, string]>([
    ['${__threadGroupName} ${__samplerName()} ${__TestPlanName}', {}, 'Users Sampler Plan'],
    ['${__machineName()} ${__machineIP}', {}, 'machine 127.0.0.1'],
    ['${__env(HOME)} ${__env(NONE)} ${__env(NONE,,x)}', {}, '/home/test NONE x'],
    ['${__isPropDefined(p)} ${__isPropDefined(q)}', { properties: { p: '' } }, 'true false'],
    ['${__setProperty(p,new)}${__P(p)}', { properties: { p: 'old' } }, 'new'],
    ['${__setProperty(p,new,true)} ${__setProperty(q,1,TRUE)}', { properties: { p: 'old' } }, 'old null'],
    ['${__iterationNum}', { variables: { __jm__Users__idx: '4' } }, '5'],
    ['${__iterationNum}', {}, '0'],
    ['${__chooseRandom(a,b,c,v)}', { chances: [0.99] }, 'c'],
    ['${__chooseRandom(a,b,c,v)}', { chances: [0] }, 'a'],
    [
      '${__RandomFromMultipleVars(a|b)}',
      { variables: { a_matchNr: '2', a_1: 'x', a_2: 'y', b: 'z' }, chances: [0.5] },
      'y',
    ],
    [
      '${__RandomFromMultipleVars(a|b)}',
      { variables: { a_matchNr: '2', a_1: 'x', a_2: 'y', b: 'z' }, chances: [0.9] },
      'z',
    ],
    ['${__RandomFromMultipleVars(none)}', {}, ''],
    ['${__FileToString(a.txt)}', { files: new Map([['a.txt', 'one\ntwo\n']]) }, 'one\ntwo\n'],
    ['${__FileToString(b.txt)}', {}, '**ERR**'],
    ['${__StringToFile(b.txt,x)}', {}, 'true'],
    ['${__CSVRead(none.csv,0)}', {}, ''],
    ['${__StringFromFile(none.txt)}${__StringFromFile(none.txt)}', {}, '**ERR****ERR**'],
    ['${__log(hello)}${__logn(silent)}', {}, 'hello'],
  ])('%s with %o is %s', (text, given, expected) => {
    expect(render(text, given).text).toBe(expected);
  });

  it.each<[string, Given, string, string]>([
    ['${__samplerName(v)}', {}, 'v', 'Sampler'],
    ['${__env(HOME,v)}', {}, 'v', '/home/test'],
    ['${__chooseRandom(a,a, v )}', {}, 'v', 'a'],
    ['${__RandomFromMultipleVars(a,v)}', { variables: { a: '1' } }, 'v', '1'],
    ['${__FileToString(a.txt,,v)}', { files: new Map([['a.txt', 'x']]) }, 'v', 'x'],
    ['${__StringFromFile(a.txt)}', { files: new Map([['a.txt', 'x']]) }, 'StringFromFile_', 'x'],
  ])('%s with %o sets %s', (text, given, variable, value) => {
    expect(render(text, given).scope.variables.get(variable)).toBe(value);
  });

  it.each([
    ['${__log(m)}', 'INFO Users 1-7 : m'],
    ['${__log(m,warn,Oops,note)}', 'WARN Users 1-7 note m (Oops)'],
    ['${__logn(m,OUT)}', 'OUT Users 1-7 : m'],
    ['${__FileToString(none)}', 'WARN __FileToString: none: no such file: none'],
    ['${__StringFromFile(none)}', 'ERROR __StringFromFile: none: no such file: none'],
    ['${__CSVRead(none,0)}', 'ERROR __CSVRead: none: no such file: none'],
    ['${__char(x)}', 'WARN __char: "x" is not a number'],
    ['${__changeCase(a,b)}', 'ERROR __changeCase knows UPPER, LOWER and CAPITALIZE, found "b"'],
  ])('%s logs %s', (text, line) => {
    expect(render(text).scope.logged[0]).toBe(line);
  });

  it('writes files, at their end unless told otherwise, and makes new lines of \\n', () => {
    const files = new Map([['a.txt', '1']]);
    render('${__StringToFile(a.txt,2\\n)}', { files });
    expect(files.get('a.txt')).toBe('12\n');
    render('${__StringToFile(a.txt,3,false)}', { files });
    expect(files.get('a.txt')).toBe('3');
    expect(() => render('${__StringToFile(a.txt,3,,UTF-16)}', { files })).toThrow('writes UTF-8');
  });

  it('reads line after line, one place for all users, and begins again', () => {
    const files = new Map([['a.txt', 'one\r\ntwo\n']]);
    const next = parse('${__StringFromFile(a.txt)}');
    const shared = new Map<string | number, number>();
    const [anna, ben] = [testScope({ files, shared }), testScope({ files, shared })];
    expect([next(anna), next(ben), next(anna)]).toEqual(['one', 'two', 'one']);
  });

  it.each([
    ['a.txt', ['1', '2', '3', '1', '2', '3', '1']],
    ["a#'.'txt,,1", ['1', '2', '3', '4', '5', '**ERR**', '**ERR**']],
  ])('reads %s in two workers as in one', (path, expected) => {
    const files = new Map([
      ['a.txt', '1\n2\n3\n'],
      ['a1.txt', '1\n2'],
      ['a2.txt', '3'],
      ['a3.txt', '4\n5'],
    ]);
    const shared = new Map<string | number, number>();
    const workers = [0, 1].map(() => ({
      next: parse(`\${__StringFromFile(${path})}`),
      scope: testScope({ files, shared }),
    }));
    const found = [0, 1, 1, 1, 0, 0, 1].map((n) => workers[n]!.next(workers[n]!.scope));
    expect(found).toEqual(expected);
  });

  it('goes through numbered files until the last', () => {
    const files = new Map([
      ['d08.txt', 'a\nb'],
      ['d09.txt', 'c'],
    ]);
    const next = parse("${__StringFromFile(d00'.'txt,,8,9)}");
    const scope = testScope({ files });
    expect([next(scope), next(scope), next(scope)]).toEqual(['a', 'b', 'c']);
    expect(() => next(scope)).toThrow('no file after number 9');
  });

  it('gives each user rows of a CSV file of its own', () => {
    const files = new Map([['u.csv', 'anna,1\nben,2\n\nnever,3\n']]);
    const shared = new Map<string | number, number>();
    const [anna, ben] = [testScope({ files, shared }), testScope({ files, shared })];
    const both = parse('${__CSVRead(u.csv,0)}${__CSVRead(u.csv,1)}');
    const next = parse('${__CSVRead(u.csv,next)}');
    expect([both(anna), both(ben), both(anna)]).toEqual(['anna1', 'ben2', 'anna1']);
    expect([next(anna), both(anna), both(ben)]).toEqual(['', 'anna1', 'ben2']);
    const alias = parse('${__CSVRead(u.csv,*again)}${__CSVRead(*again,0)}${__CSVRead(*again,7)}');
    expect([alias(anna), alias(ben)]).toEqual(['anna', 'ben']);
    expect(anna.logged.at(-1)).toContain('no column "7"');
  });
});
