import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distinctPlaces, weightedPlaces } from '../distinct.ts';
import { processed } from '../test-support/processed.ts';
import { draw } from './draw.ts';

const roles = ['admin', 'user', 'viewer'];
const tables = { customer_data: ['customers', 'addresses'], sales: ['daily', 'monthly'] };

describe('draw', () => {
  it.each([
    [{ draw: 'role', from: roles }, [0], { role: 'admin' }],
    [{ draw: 'role', from: roles }, [0.34], { role: 'user' }],
    [{ draw: 'role', from: roles }, [0.999], { role: 'viewer' }],
    [{ draw: 'size', from: [10, 20] }, [0.5], { size: '20' }],
    [{ draw: 'role', from: roles, weights: [0, 1, 3] }, [0.24], { role: 'user' }],
    [{ draw: 'role', from: roles, weights: [0, 1, 3] }, [0.26], { role: 'viewer' }],
    [
      { draw: ['dataset', 'table'], from: tables },
      [0, 0.9],
      { dataset: 'customer_data', table: 'addresses' },
    ],
    [{ draw: ['dataset', 'table'], from: tables }, [0.5, 0], { dataset: 'sales', table: 'daily' }],
    [
      { draw: ['dataset', 'table'], from: tables, weights: [1, 0] },
      [0.9, 0],
      { dataset: 'customer_data', table: 'customers' },
    ],
    [{ draw: ['a', 'b', 'c'], from: { x: { y: ['z'] } } }, [], { a: 'x', b: 'y', c: 'z' }],
    [
      { draw: 'all', from: roles, count: 2 },
      [0.9, 0],
      { all: '["viewer","admin"]', all_1: 'viewer', all_2: 'admin', all_matchNr: '2' },
    ],
    [{ draw: 'all', from: [1, 2], count: '1..2' }, [0.4, 0.9], { all: '[2]', all_1: '2', all_matchNr: '1' }],
    [
      { draw: 'all', from: roles, count: 2, weights: [1, 0, 1] },
      [0, 0],
      { all: '["admin","viewer"]', all_1: 'admin', all_2: 'viewer', all_matchNr: '2' },
    ],
  ])('%o with the chances %o sets %o', (config, chances, expected) => {
    expect(processed(draw, config, { chances })).toEqual(expected);
  });

  it('takes away what an earlier, longer draw left', () => {
    const variables = { all_1: 'a', all_2: 'b', all_3: 'c', all_matchNr: '3' };
    const after = processed(draw, { draw: 'all', from: roles, count: 1 }, { variables, chances: [0] });
    expect(after).toEqual({ all: '["admin"]', all_1: 'admin', all_matchNr: '1' });
  });

  it.each([
    [{ draw: 'role', from: tables }, 'expected a list of values'],
    [{ draw: ['a', 'b'], from: roles }, 'expected a map'],
    [{ draw: ['a', 'b'], from: { x: [] } }, 'expected a list of values'],
    [{ draw: ['a', 'b'], from: tables, count: 2 }, 'count goes with one variable'],
    [{ draw: 'role', from: roles, weights: [1] }, 'expected 3, one for each value, found 1'],
    [{ draw: 'role', from: roles, weights: [0, 0, 0] }, 'must not all be 0'],
    [{ draw: 'role', from: roles, count: '3..1' }, 'the smaller first'],
    [{ draw: 'role', from: roles, count: 4 }, 'there are 3 values to draw from'],
    [{ draw: 'role', from: roles, count: 2, weights: [1, 0, 0] }, 'there are 1 values to draw from'],
  ])('%o is a mistake: %s', (config, message) => {
    expect(draw.check?.(config)).toContain(message);
  });
});

describe('places that are drawn', () => {
  const chances = fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }));

  it('are different, within bounds, and as many as were asked for or there are', () => {
    fc.assert(
      fc.property(fc.nat(30), fc.nat(40), chances, (size, count, stream) => {
        const places = distinctPlaces(size, count, () => stream.next().value as number);
        expect(new Set(places).size).toBe(Math.min(size, count));
        expect(places.every((place) => place >= 0 && place < size)).toBe(true);
      }),
    );
  });

  it('with weights are those of a weight above 0', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(3), { maxLength: 10 }), fc.nat(12), chances, (weights, count, stream) => {
        const places = weightedPlaces(weights, count, () => stream.next().value as number);
        expect(new Set(places).size).toBe(Math.min(count, weights.filter(Boolean).length));
        expect(places.every((place) => (weights[place] ?? 0) > 0)).toBe(true);
      }),
    );
  });
});
