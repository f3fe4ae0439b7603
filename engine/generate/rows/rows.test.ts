import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCount } from './count.ts';
import { rowAt, rows, type Row } from './rows.ts';
import { schemaNamed, schemaNames } from './schemas.ts';
import { badKinds, type BadKind } from './bad-kinds.ts';
import { makeTable } from './table.ts';

const list = (schema: string, count: number, seed = 1) => [...rows(schema, { seed, count })];
const column = (written: object, count = 1000) =>
  [...rows({ name: 't', columns: { c: written as never } }, { seed: 1, count })].map((row) => row['c']);

describe('the schemas that come with the tool', () => {
  it.each([
    ['small', 5],
    ['medium', 8],
    ['large', 14],
    ['facts', 6],
    ['facts-wide', 12],
  ])('%s has %d columns', (name, count) => {
    expect(Object.keys(schemaNamed(name).columns)).toHaveLength(count);
  });

  it('facts-wide begins with the columns and values of facts', () => {
    const wide = list('facts-wide', 50);
    expect(list('facts', 50)).toEqual(wide.map((row) => Object.fromEntries(Object.entries(row).slice(0, 6))));
  });

  it.each(schemaNames)('the ids of %s are the numbers of its rows', (name) => {
    expect(list(name, 4).map(({ id }) => id)).toEqual([1, 2, 3, 4]);
  });
});

describe('a row', () => {
  it('is the same by itself as among others, and whatever number of rows there is', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...schemaNames),
        fc.integer({ min: 0, max: 2 ** 32 - 1 }),
        fc.integer({ min: 0, max: 99 }),
        (schema, seed, index) => {
          const bad = { share: 0.3, kinds: badKinds.filter((kind) => kind !== 'malformed') };
          const alone = rowAt(makeTable({ schema: schemaNamed(schema), rows: 1000, seed, bad }), index);
          expect([...rows(schema, { seed, count: 100, bad })][index]).toEqual(alone);
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('columns', () => {
  it.each<[string, object, (value: unknown) => boolean]>([
    ['integer', { min: -3, max: 3 }, (value) => Number.isInteger(value) && Math.abs(Number(value)) <= 3],
    ['number', { min: 1, max: 2, decimals: 1 }, (value) => /^[12](\.\d)?$/.test(String(value))],
    ['text', { length: 30, minLength: 5 }, (value) => /^\S(.{3,28})\S$/.test(String(value))],
    ['name', {}, (value) => /^[a-z]+-[a-z]+-\d{1,3}$/.test(String(value))],
    ['email', {}, (value) => /^[a-z]+\.[a-z]+\d{1,3}@example\.com$/.test(String(value))],
    [
      'uuid',
      {},
      (value) => /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/.test(String(value)),
    ],
    ['choice', { of: ['a', 'b'] }, (value) => value === 'a' || value === 'b'],
    ['boolean', {}, (value) => typeof value === 'boolean'],
    [
      'timestamp',
      { from: '2026-01-01', to: '2026-01-02' },
      (value) => /^2026-01-01T[\d:.]{12}Z$/.test(String(value)),
    ],
    [
      'date',
      { from: '2026-01-30', to: '2026-02-01' },
      (value) => value === '2026-01-30' || value === '2026-01-31',
    ],
  ])('%s', (type, options, holds) => {
    const values = column({ type, ...options });
    expect(values.filter((value) => !holds(value))).toEqual([]);
    expect(new Set(values).size).toBeGreaterThan(1);
  });

  it('a sequence begins where it is told to', () => {
    expect(column({ type: 'sequence', start: 100 }, 3)).toEqual([100, 101, 102]);
  });

  it('both ends of integers are drawn', () => {
    expect(new Set(column({ type: 'integer', min: 1, max: 5 }))).toEqual(new Set([1, 2, 3, 4, 5]));
  });

  it('no uuid comes twice', () => {
    expect(new Set(column({ type: 'uuid' }, 20_000)).size).toBe(20_000);
  });

  it.each([
    [{ type: 'boolean', share: '80%' }, true, 8000],
    [{ type: 'name', nulls: 0.05 }, null, 500],
    [{ type: 'choice', of: ['a', 'a', 'a', 'b'] }, 'b', 2500],
  ])('%j', (written, value, about) => {
    const count = column(written, 10_000).filter((one) => one === value).length;
    expect(Math.abs(count - about)).toBeLessThan(200);
  });
});

describe('bad rows', () => {
  const bad = (kind: BadKind, schema = 'facts-wide', count = 2000) => {
    const found = [...rows(schema, { seed: 1, count, bad: { share: 0.1, kinds: [kind] } })];
    const good = list(schema, count);
    return found.flatMap((row, index) => {
      const changed = Object.keys(row).filter((key) => row[key] !== good[index]?.[key]);
      return changed.length > 0 ? [{ row, changed, index, found }] : [];
    });
  };
  const one = ({ row, changed }: { row: Row; changed: string[] }) =>
    [changed[0] ?? '', row[changed[0] ?? '']] as const;

  it.each<[BadKind, (key: string, value: unknown) => boolean]>([
    ['missing_values', (_, value) => value === null],
    ['wrong_types', (key, value) => typeof value === 'string' && !['name', 'category'].includes(key)],
    [
      'outliers',
      (_, value) =>
        Number(value) > 100_000 ||
        Number(value) > 1000 ||
        String(value).startsWith('2199') ||
        Number(value) > 0.5,
    ],
    [
      'format_errors',
      (_, value) => /^ {2}.+ $|,.* EUR$| EUR$|^\d\d\/\d\d\/\d{4}|^\{[\da-f]{32}\}$/s.test(String(value)),
    ],
  ])('%s spoils one value of a tenth of the rows', (kind, holds) => {
    const rowsOfKind = bad(kind);
    expect(rowsOfKind).toHaveLength(200);
    expect(rowsOfKind.filter(({ changed }) => changed.length !== 1)).toEqual([]);
    expect(rowsOfKind.map(one).filter(([key, value]) => !holds(key, value))).toEqual([]);
  });

  it('duplicates repeat a good row', () => {
    const duplicates = bad('duplicates');
    expect(duplicates).toHaveLength(200);
    for (const { row, index, found } of duplicates) {
      expect(found.filter((other, at) => at !== index && other['id'] === row['id'])).toContainEqual(row);
    }
  });

  it('the first row, too, repeats another', () => {
    const found = [0, 1, 2, 3, 4, 5, 6, 7].map((seed) => [
      ...rows('facts', { seed, count: 2, bad: { share: 0.5, kinds: ['duplicates'] } }),
    ]);
    expect(found.every(([first, second]) => first?.['id'] === second?.['id'])).toBe(true);
    expect(new Set(found.map(([first]) => first?.['id']))).toEqual(new Set([1, 2]));
  });

  it('kinds take turns', () => {
    const kinds = ['missing_values', 'duplicates'] as const;
    const table = makeTable({ schema: schemaNamed('facts'), rows: 100, seed: 1, bad: { share: 0.2, kinds } });
    const found = Array.from({ length: 100 }, (_, index) => table.fill(index, [])).filter(
      (kind) => kind !== null,
    );
    expect(found.filter((kind) => kind === 'duplicates')).toHaveLength(10);
    expect(found.slice(0, 4)).toEqual(['missing_values', 'duplicates', 'missing_values', 'duplicates']);
  });

  it('are of all kinds that there can be when nothing else is said', () => {
    const found = [...rows('facts', { seed: 1, count: 500, bad: { share: 0.2 } })];
    expect(found.some(({ value }) => typeof value === 'string')).toBe(true);
    expect(found.some(({ id }) => id === null)).toBe(true);
    expect(new Set(found.map(({ id }) => id)).size).toBeLessThan(490);
  });
});

describe('numbers of rows', () => {
  it.each([
    ['0', 0],
    ['250', 250],
    ['10_000', 10_000],
    ['100k', 100_000],
    ['100K', 100_000],
    ['2.5M', 2_500_000],
    ['1.0005k', null],
    ['k', null],
    ['-5', null],
    ['10m', null],
    ['1e6', null],
    ['', null],
  ])('%s is %s', (text, expected) => {
    expect(parseCount(text)).toBe(expected);
  });
});
