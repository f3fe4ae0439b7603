import type { Pool } from '../../model/pool.ts';
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseTemplate } from '../parse.ts';
import { renderer } from '../render.ts';
import { render, type Given } from '../test-support/render.ts';
import { testScope } from '../test-support/scope.ts';
import { variablesSet } from './function.ts';
import { templateFunctions } from './index.ts';

const noon = new Date(2026, 10, 22, 12, 34, 56, 789).getTime();

describe('functions, by JMeter’s reference', () => {
  it.each<[string, Given, string]>([
    ['${__P(users,5)}', { properties: { users: '9' } }, '9'],
    ['${__P(users,5)}', {}, '5'],
    ['${__P(users)}', {}, '1'],
    ['${__P(users,)}', {}, ''],
    ['${__property(users)}', { properties: { users: '9' } }, '9'],
    ['${__property(users)}', {}, 'users'],
    ['${__property(users,,none)}', {}, 'none'],
    ['${__time()}', { nowEpochMs: 1234.9 }, '1234'],
    ['${__time}', { nowEpochMs: 1234 }, '1234'],
    ['${__time(/1000)}', { nowEpochMs: 12_999 }, '12'],
    ['${__time(YMD)}', { nowEpochMs: noon }, '20261122'],
    ['${__time(HMS)}', { nowEpochMs: noon }, '123456'],
    ['${__time(YMDHMS)}', { nowEpochMs: noon }, '20261122-123456'],
    ["${__time(yyyy-MM-dd'T'HH:mm:ss.SSS)}", { nowEpochMs: noon }, '2026-11-22T12:34:56.789'],
    ['${__time(EEE\\, d MMM yy hh:mm a)}', { nowEpochMs: noon }, 'Sun, 22 Nov 26 12:34 PM'],
    ['${__Random(1,6)}', { chances: [0] }, '1'],
    ['${__Random(1,6)}', { chances: [0.999] }, '6'],
    ['${__Random(-2,-2)}', {}, '-2'],
    ['${__RandomString(3,ab)}', { chances: [0, 0.9, 0] }, 'aba'],
    ['${__RandomString(2)}', { chances: [0, 0.999] }, 'A9'],
    ['${__RandomString(0,ab)}', {}, ''],
    ['${__threadNum}', { threadNumber: 42 }, '42'],
    ['${__poolSize( ids )}', { pools: { ids: { size: 3 } as Pool } }, '3'],
    ['${__UUID()}', { chances: [0, 0, 0, 0, 0, 0, 0] }, '00000000-0000-4000-8000-000000000000'],
  ])('%s with %o is %s', (text, given, expected) => {
    expect(render(text, given).text).toBe(expected);
  });

  it.each([
    ['${__Random(5,5,dice)}', 'dice', '5'],
    ['${__property(a, b ,c)}', 'b', 'c'],
    ['${__time(,now)}', 'now', '0'],
    ['${__RandomString(1,z,s)}', 's', 'z'],
    ['${__counter(TRUE,n)}', 'n', '1'],
  ])('%s also sets %s', (text, variable, value) => {
    expect(render(text).scope.variables.get(variable)).toBe(value);
  });

  it('counts for each user, or for all, occurrence by occurrence', () => {
    const [own, shared] = ['${__counter(TRUE)}', '${__counter(FALSE)}'].map((text) =>
      renderer(parseTemplate(text, () => 0)),
    );
    const [anna, ben] = [testScope(), testScope()];
    const both = { ...ben, counters: anna.counters };
    expect([own!(anna), own!(anna), own!(both)]).toEqual(['1', '2', '1']);
    expect([shared!(anna), shared!(both), shared!(anna)]).toEqual(['1', '2', '3']);
  });

  it.each([
    ['__Random', '1,6, dice ', ['dice']],
    ['__Random', '1,6', []],
    ['__intSum', '1,2,total', ['total']],
    ['__split', 'a b,part, ', ['part', 'part_n', 'part_*']],
    ['__UUID', '', []],
  ])('of %s(%s) it is known that it sets %j', (name, args, expected) => {
    expect(variablesSet(templateFunctions.get(name)!, args.split(','))).toEqual(expected);
  });

  it('makes UUIDs of version 4 from any chance', () => {
    const { text } = render('${__UUID()}', { chances: [0.1, 0.9, 0.5, 0.99, 0.3, 0.7, 0.2] });
    expect(text).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it.each([
    ['${__Random(6,1)}', 'min ≤ max'],
    ['${__Random(a,1)}', 'whole number, found "a"'],
    ['${__RandomString(-1)}', '0 to 1,000,000'],
    ['${__time(bb)}', 'the letter "b"'],
  ])('%s is refused: %s', (text, message) => {
    expect(() => render(text)).toThrow(message);
  });

  it('lists every file of the folder, each under its own name', () => {
    const files = readdirSync(new URL('.', import.meta.url)).filter(
      (file) => !/^(index|function)\.ts$|\.test\.ts$/.test(file),
    );
    const names = files.map((file) => file.replace('.ts', '').replaceAll('-', '').toLowerCase());
    expect([...templateFunctions.keys()].map((name) => name.slice(2).toLowerCase()).sort()).toEqual(
      names.sort(),
    );
  });
});
