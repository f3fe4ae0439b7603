import { describe, expect, it } from 'vitest';
import type { CompiledPool, Pool } from '../../model/pool.ts';
import { processed } from '../test-support/processed.ts';
import { poolProcessor } from './pool.ts';

/** A pool that notes what is asked of it, and gives what is drawn from the start. */
class NotedPool implements Pool {
  readonly notes: unknown[] = [];
  readonly #entries: readonly string[];

  constructor(entries: CompiledPool['values'] = []) {
    this.#entries = entries;
  }

  get size(): number {
    return this.#entries.length;
  }

  append(texts: readonly string[]): void {
    this.notes.push(['append', ...texts]);
  }

  replace(texts: readonly string[]): void {
    this.notes.push(['replace', ...texts]);
  }

  remove(text: string): void {
    this.notes.push(['remove', text]);
  }

  clear(): void {
    this.notes.push(['clear']);
  }

  draw(count: number, mode: 'pick' | 'take'): string[] {
    this.notes.push([mode, count]);
    return this.#entries.slice(0, count);
  }
}

const act = (config: object, variables: Record<string, string> = {}, entries: string[] = []) => {
  const pool = new NotedPool(entries);
  const given = { variables, chances: [0.9], pools: { ids: pool } };
  const after = processed(poolProcessor, { pool: 'ids', ifEmpty: 'keep', ...config }, given);
  return { notes: pool.notes, after };
};

describe('pool', () => {
  const family = { x_1: 'a', x_2: 'b', x_3: 'stale', x_matchNr: '2' };

  it.each([
    [{ append: 'a' }, {}, ['append', 'a']],
    [{ append: 7 }, {}, ['append', '7']],
    [{ remove: 'a' }, {}, ['remove', 'a']],
    [{ clear: true }, {}, ['clear']],
    [{ appendAll: 'x' }, family, ['append', 'a', 'b']],
    [{ appendAll: 'x' }, { x_1: 'a', x_2: 'b' }, ['append', 'a', 'b']],
    [{ appendAll: 'x' }, { x_matchNr: '0', x_1: 'stale' }, ['append']],
    [{ replace: 'x' }, family, ['replace', 'a', 'b']],
    [{ replace: 'x', ifEmpty: 'clear' }, { x_matchNr: '0' }, ['replace']],
    [{ pick: 'id' }, {}, ['pick', 1]],
    [{ take: 'id' }, {}, ['take', 1]],
    [{ take: 'id', count: 3 }, {}, ['take', 3]],
    [{ pick: 'id', count: '1..3' }, {}, ['pick', 3]],
  ])('%o with %o does %o', (config, variables: Record<string, string>, note) => {
    expect(act(config, variables).notes).toEqual([note]);
  });

  it('is left as it is when an empty family is to replace it', () => {
    expect(act({ replace: 'x' }, { x_matchNr: '0' }).notes).toEqual([]);
  });

  it.each([
    [{ pick: 'id' }, ['a', 'b'], { id: 'a' }],
    [{ take: 'id' }, ['a'], { id: 'a' }],
    [{ pick: 'id' }, [], {}],
    [{ pick: 'id', count: 2 }, ['a', 'b', 'c'], { id: '["a","b"]', id_1: 'a', id_2: 'b', id_matchNr: '2' }],
    [{ pick: 'id', count: 2 }, [], { id_matchNr: '0' }],
  ])('%o from %o sets %o', (config, entries, expected) => {
    expect(act(config, { id: 'old' }, entries).after).toEqual(expected);
  });

  it.each([
    [{}, 'expected one of append, appendAll, replace, remove, clear, pick, take beside pool, found none'],
    [{ append: 'a', pick: 'id' }, 'found append and pick'],
    [{ append: 'a', count: 2 }, 'count goes with pick or take'],
    [{ append: 'a', ifEmpty: 'keep' }, 'ifEmpty goes with replace'],
    [{ pick: 'id', count: '3..1' }, 'the smaller first'],
    [{ pick: 'id', count: 0 }, 'expected a number from 1'],
  ])('%o is a mistake: %s', (config, message) => {
    expect(poolProcessor.check?.({ pool: 'ids', ...config })).toContain(message);
  });
});
