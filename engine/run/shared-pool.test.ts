import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CompiledPool, Pool } from '../model/pool.ts';
import { ownPool } from '../user/entry-pool.ts';
import { poolMemory, sharedPool } from './shared-pool.ts';

const declared = (given: Partial<CompiledPool> = {}): CompiledPool => ({
  name: 'ids',
  share: 'all',
  max: 4,
  unique: true,
  entryBytes: 16,
  values: [],
  ...given,
});

const shared = (given?: Partial<CompiledPool>) => sharedPool(declared(given), poolMemory(declared(given)));

const all = (pool: Pool) => pool.draw(Infinity, 'pick', () => 0);

describe.each([
  ['a pool of one user', (given?: Partial<CompiledPool>) => ownPool(declared(given))],
  ['a pool that all share', shared],
])('%s', (_, make) => {
  it('starts with its values', () => {
    expect(all(make({ values: ['a', 'b'] }))).toEqual(['a', 'b']);
  });

  it('takes no empty text and, being unique, nothing twice', () => {
    const pool = make();
    pool.append(['a', '', 'b', 'a']);
    expect([pool.size, all(pool)]).toEqual([2, ['a', 'b']]);
  });

  it('holds the same text several times when it is not unique, and removes it whole', () => {
    const pool = make({ unique: false });
    pool.append(['a', 'b', 'a']);
    expect(pool.size).toBe(3);
    pool.remove('a');
    expect(all(pool)).toEqual(['b']);
  });

  it('lets the oldest go when it is full', () => {
    const pool = make();
    pool.append(['a', 'b', 'c', 'd', 'e', 'f']);
    expect(all(pool)).toEqual(['c', 'd', 'e', 'f']);
  });

  it('gives each entry once when they are taken', () => {
    const pool = make({ values: ['a', 'b', 'c'] });
    expect(pool.draw(1, 'take', () => 0.5)).toEqual(['b']);
    expect(pool.draw(5, 'take', () => 0.9)).toEqual(['c', 'a']);
    expect([pool.draw(1, 'take', () => 0), pool.size]).toEqual([[], 0]);
  });

  it('is replaced and cleared', () => {
    const pool = make({ values: ['a', 'b'] });
    pool.replace(['ü', 'c']);
    expect(all(pool)).toEqual(['ü', 'c']);
    pool.clear();
    expect(pool.size).toBe(0);
  });
});

describe('a pool that all share', () => {
  it('refuses an entry that is too long, and stays as it was', () => {
    const pool = shared({ values: ['a'] });
    expect(() => pool.append(['é'.repeat(9)])).toThrow(
      'the pool "ids" takes entries of at most 16 bytes, found one of 18. Give it a greater entryBytes.',
    );
    expect(all(pool)).toEqual(['a']);
  });

  it('does what a pool of one user does', () => {
    const text = fc.constantFrom('', 'a', 'b', 'c', 'long-äöü', 'x1', 'x2', 'x3');
    const command = fc.oneof(
      fc.tuple(fc.constant('append' as const), fc.array(text, { maxLength: 3 })),
      fc.tuple(fc.constant('replace' as const), fc.array(text, { maxLength: 6 })),
      fc.tuple(fc.constant('remove' as const), text),
      fc.tuple(fc.constant('take' as const), fc.nat(3), fc.double({ min: 0, max: 0.999, noNaN: true })),
      fc.tuple(fc.constant('clear' as const)),
    );
    const run = (pool: Pool, [name, argument, chance]: readonly unknown[]) => {
      if (name === 'append') pool.append(argument as string[]);
      else if (name === 'replace') pool.replace(argument as string[]);
      else if (name === 'remove') pool.remove(argument as string);
      else if (name === 'clear') pool.clear();
      else return pool.draw(argument as number, 'take', () => chance as number);
      return null;
    };
    fc.assert(
      fc.property(fc.boolean(), fc.array(command, { maxLength: 40 }), (unique, commands) => {
        const [own, common] = [ownPool(declared({ unique })), shared({ unique })];
        for (const one of commands) expect(run(common, one)).toEqual(run(own, one));
        expect(all(common)).toEqual(all(own));
      }),
    );
  });
});
