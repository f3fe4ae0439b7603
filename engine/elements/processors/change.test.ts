import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../model/json.ts';
import { mergePatch } from '../merge-patch.ts';
import { processed } from '../test-support/processed.ts';
import { change } from './change.ts';

const config = '{"level":"INFO","retries":3,"flags":{"email":true,"teams":false},"on":true}';

describe('change', () => {
  it.each([
    [
      { merge: '{"level":"DEBUG"}' },
      '{"level":"DEBUG","retries":3,"flags":{"email":true,"teams":false},"on":true}',
    ],
    [
      { merge: '{"flags":{"teams":true},"retries":5,"on":null}' },
      '{"level":"INFO","retries":5,"flags":{"email":true,"teams":true}}',
    ],
    [{ remove: ['flags', 'absent', 'on'] }, '{"level":"INFO","retries":3}'],
    [{ toggle: 'on' }, '{"level":"INFO","retries":3,"flags":{"email":true,"teams":false},"on":false}'],
    [
      { toggle: 'random', beneath: 'flags' },
      '{"level":"INFO","retries":3,"flags":{"email":true,"teams":true},"on":true}',
    ],
    [
      { beneath: 'flags', merge: '{"a":1}', remove: ['email'], toggle: 'teams' },
      '{"level":"INFO","retries":3,"flags":{"teams":true,"a":1},"on":true}',
    ],
  ])('%o gives %s', (given, expected) => {
    const after = processed(
      change,
      { change: 'config', ...given },
      { variables: { config }, chances: [0.6] },
    );
    expect(after).toEqual({ config: expected });
  });

  it('leaves the variable as it is when the result goes into another', () => {
    const after = processed(
      change,
      { change: 'config', toggle: 'on', into: 'sent' },
      { variables: { config: '{"on":true}' } },
    );
    expect(after).toEqual({ config: '{"on":true}', sent: '{"on":false}' });
  });

  it.each([
    [{}, { toggle: 'on' }, 'the variable "config" must hold an object as JSON; it is not set'],
    [{ config: '[1]' }, { toggle: 'on' }, 'found "[1]"'],
    [{ config }, { toggle: 'retries' }, '"retries" is not true or false'],
    [{ config }, { toggle: 'absent' }, '"absent" is not true or false'],
    [{ config: '{}' }, { toggle: 'random' }, 'nothing there is true or false'],
    [{ config }, { toggle: 'x', beneath: 'flags.deeper' }, 'there is no object beneath "deeper"'],
    [{ config }, { toggle: 'x', beneath: 'constructor' }, 'there is no object beneath "constructor"'],
  ])('of %o with %o fails: %s', (variables: Record<string, string>, given, message) => {
    expect(() => processed(change, { change: 'config', ...given }, { variables })).toThrow(message);
  });

  it('needs something to do', () => {
    expect(change.check?.({ change: 'config' })).toContain('expected merge, remove or toggle');
  });
});

describe('a merge patch', () => {
  // RFC 7396, appendix A.
  it.each<[Json, Json, Json]>([
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b' }, { a: null }, {}],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    [
      ['a', 'b'],
      ['c', 'd'],
      ['c', 'd'],
    ],
    [{ a: 'b' }, ['c'], ['c']],
    [{ a: 'foo' }, null, null],
    [{ a: 'foo' }, 'bar', 'bar'],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [[1, 2], { a: 'b', c: null }, { a: 'b' }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ])('of %j with %j is %j', (target, patch, expected) => {
    expect(mergePatch(target, patch)).toEqual(expected);
  });

  it('merged twice is the same as once', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (target, patch) => {
        const once = mergePatch(target as Json, patch as Json);
        expect(mergePatch(once, patch as Json)).toEqual(once);
      }),
    );
  });
});
