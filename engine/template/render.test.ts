import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ConfigNode } from '../model/template.ts';
import { parseTemplate } from './parse.ts';
import { configRenderer, renderer } from './render.ts';
import { RenderedTypeError } from './rendered-type.ts';
import { testScope } from './test-support/scope.ts';

const render = (text: string, variables: Record<string, string> = {}) =>
  renderer(parseTemplate(text, () => 0))(testScope({ variables }));

describe('renderer', () => {
  it.each([
    ['constant', {}, 'constant'],
    ['${x}', { x: '1' }, '1'],
    ['a${x}b${x}c', { x: '-' }, 'a-b-c'],
    ['${missing}', {}, '${missing}'],
    ['${x}', { x: '${y}', y: 'never' }, '${y}'],
    ['${__Random(${from},${from})}', { from: '4' }, '4'],
  ])('%s with %o is %s', (text, variables, expected) => {
    expect(render(text, variables)).toBe(expected);
  });

  it('gives text without holes back as it came', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(!text.includes('${'));
        expect(render(text)).toBe(text);
      }),
    );
  });

  it('escapes what it puts inside JSON text', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        const node = ['{"a":"', { variable: 'x', encode: 'json' as const }, '"}'];
        expect(JSON.parse(renderer(node)(testScope({ variables: { x: value } })))).toEqual({ a: value });
      }),
    );
  });

  it('percent-encodes what it puts into a query', () => {
    const node = ['a=', { variable: 'x', encode: 'url' as const }];
    expect(renderer(node)(testScope({ variables: { x: 'a b&c=ü' } }))).toBe('a=a%20b%26c%3D%C3%BC');
  });

  it.each([
    ['jsonNumber', '4.5', '4.5'],
    ['jsonNumber', ' 9007199254740993\n', '9007199254740993'],
    ['jsonNumber', '1.10', '1.10'],
    ['jsonNumber', '-0', '-0'],
    ['jsonNumber', '1E400', '1E400'],
    ['jsonNumber', '1e21', '1e21'],
    ['jsonValue', '{"id":9007199254740993, "p":1.10}', '{"id":9007199254740993, "p":1.10}'],
    ['jsonValue', '12345678901234567890', '12345678901234567890'],
    ['jsonBoolean', 'True', 'true'],
  ] as const)('puts %s %s into JSON as %s', (encode, x, expected) => {
    expect(renderer([{ variable: 'x', encode }])(testScope({ variables: { x } }))).toBe(expected);
  });

  it.each([
    ...['4;', '007', '+5', '.5', '5.', '0x10', '', 'NaN', 'Infinity', '1 2'].map(
      (x) => ['jsonNumber', x] as const,
    ),
    ...['{a:1}', '', "{'a':1}", '007'].map((x) => ['jsonValue', x] as const),
    ['jsonBoolean', '1'] as const,
  ])('refuses as %s: "%s"', (encode, x) => {
    const render = renderer([{ variable: 'x', encode }]);
    expect(() => render(testScope({ variables: { x } }))).toThrow(RenderedTypeError);
  });

  it('checks a JSON number of several parts as one', () => {
    const whole = renderer([
      { joined: [[{ variable: 'a' }, '.', { variable: 'b' }]], separator: '', encode: 'jsonNumber' },
    ]);
    expect(whole(testScope({ variables: { a: '1', b: '05' } }))).toBe('1.05');
    expect(() => whole(testScope({ variables: { a: '01', b: '5' } }))).toThrow(RenderedTypeError);
  });
});

describe('configRenderer', () => {
  it('refuses a text that does not match what stands in its place', () => {
    const method: ConfigNode = {
      text: [{ variable: 'x' }],
      as: 'string',
      path: 'method',
      pattern: '^[A-Z]+$',
    };
    const rendered = (x: string) => configRenderer(method)(testScope({ variables: { x } }));
    expect(rendered('GET')).toBe('GET');
    expect(() => rendered('G T')).toThrow('method must be a text that matches ^[A-Z]+$, rendered as "G T"');
  });

  const text = (as: 'integer' | 'number' | 'boolean' | 'ms' | 'bytes' | 'scalar'): ConfigNode => ({
    text: [{ variable: 'x' }],
    as,
    path: 'timeout',
  });
  it.each([
    ['integer', '12', 12],
    ['number', '1.5', 1.5],
    ['boolean', 'TRUE', true],
    ['ms', '1m30s', 90_000],
    ['bytes', '8MiB', 8_388_608],
    ['scalar', '7', 7],
    ['scalar', 'forever', 'forever'],
  ] as const)('reads %s from "%s"', (as, x, expected) => {
    expect(configRenderer(text(as))(testScope({ variables: { x } }))).toBe(expected);
  });

  it.each([
    ['integer', '1.5', 'a whole number'],
    ['number', '', 'a number'],
    ['boolean', 'yes', 'true or false'],
    ['ms', '30', 'a duration'],
    ['bytes', '30', 'a size'],
  ] as const)('refuses %s from "%s", naming the place', (as, x, expected) => {
    expect(() => configRenderer(text(as))(testScope({ variables: { x } }))).toThrow(
      new RegExp(`^timeout must be ${expected}.*rendered as "${x}"`),
    );
  });

  it('gives the same frozen object for what has no holes', () => {
    const node: ConfigNode = {
      object: [
        ['headers', { constant: { accept: 'text/html' } }],
        ['path', { text: ['/', { variable: 'x' }], as: 'string', path: 'path' }],
      ],
    };
    const config = configRenderer(node);
    const [a, b] = [
      config(testScope({ variables: { x: '1' } })),
      config(testScope({ variables: { x: '2' } })),
    ];
    expect(a).toEqual({ headers: { accept: 'text/html' }, path: '/1' });
    expect((a as { headers: object }).headers).toBe((b as { headers: object }).headers);
    expect(Object.isFrozen((a as { headers: object }).headers)).toBe(true);
  });
});
