import { describe, expect, it } from 'vitest';
import { namesBytes, SharedNames } from './shared-names.ts';

/** The same memory as several workers see it. */
const workers = (count: number) => {
  const names = new SharedArrayBuffer(namesBytes);
  return Array.from({ length: count }, () => new SharedNames({ names }));
};

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('names that all workers share', () => {
  it('count for themselves', () => {
    const [a, b] = workers(2);
    expect([a?.next('x'), b?.next('x'), b?.next('y'), a?.next('x')]).toEqual([1, 2, 1, 3]);
  });

  it('may be thousands, and are told when they are too many', () => {
    const [a, b] = workers(2);
    for (let n = 0; n < 4096; n++) expect(a?.next(`n${n}`)).toBe(1);
    expect(b?.next('n4095')).toBe(2);
    expect(() => b?.next('one more')).toThrow('there are more than 4096 names of locks and files');
  });
});

describe('a lock', () => {
  it('lets in one user of all workers at a time, in the order in which they came', async () => {
    const all = workers(3);
    const order: number[] = [];
    let inside = 0;
    const users = Array.from({ length: 30 }, async (_, n) => {
      const release = await all[(n * 7) % 3]?.lock('till');
      order.push(n);
      inside += 1;
      await turn();
      expect(inside).toBe(1);
      inside -= 1;
      release?.();
    });
    await Promise.all(users);
    expect(order).toEqual(Array.from({ length: 30 }, (_, n) => n));
  });

  it('of another name is another', async () => {
    const [a, b] = workers(2);
    await a?.lock('x');
    expect(await b?.lock('y')).toBeTypeOf('function');
  });

  it('opens when a worker was lost', async () => {
    const [a, b, main] = workers(3);
    await a?.lock('x');
    const waiting = b?.lock('x');
    await turn();
    main?.abandon();
    expect(await waiting).toBeTypeOf('function');
  });

  it('lets in one at a time again after a worker was lost, whether they waited or come later', async () => {
    const [lost, a, b, main] = workers(4);
    await lost?.lock('x');
    const order: string[] = [];
    let inside = 0;
    const user = async (name: string, worker: SharedNames | undefined) => {
      const release = await worker?.lock('x');
      order.push(name);
      inside += 1;
      await turn();
      expect(inside).toBe(1);
      inside -= 1;
      release?.();
    };
    const waited = [user('a1', a), user('b1', b), user('a2', a)];
    await turn();
    main?.abandon();
    await Promise.all([...waited, user('b2', b), user('a3', a)]);
    expect(order.toSorted()).toEqual(['a1', 'a2', 'a3', 'b1', 'b2']);
  });

  it('is not opened by one who was inside when a worker was lost', async () => {
    const [a, b, main] = workers(3);
    const release = await a?.lock('x');
    main?.abandon();
    const held = await b?.lock('x');
    release?.();
    let isIn = false;
    const next = a?.lock('x').then(() => (isIn = true));
    await turn();
    expect(isIn).toBe(false);
    held?.();
    await next;
  });
});
