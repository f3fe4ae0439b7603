import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const root = join(import.meta.dirname, '..');
const schema = JSON.parse(readFileSync(join(root, 'schemas', 'plan.schema.json'), 'utf8')) as object;

/** Made once: it takes seconds. */
const validate = new Ajv({ strict: false }).compile(schema);

/** Every property of every object in a schema, with its path. */
function properties(node: unknown, path: string): { path: string; schema: Record<string, unknown> }[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, inner]: [string, unknown]) => {
    if (key === 'examples') return [];
    const below = properties(inner, `${path}/${key}`);
    if (key !== 'properties' || path.endsWith('/properties')) return below;
    const own = Object.entries(inner as Record<string, Record<string, unknown>>);
    return [...own.map(([name, property]) => ({ path: `${path}/${name}`, schema: property })), ...below];
  });
}

describe('schemas/plan.schema.json', () => {
  it('describes every key and gives an example of it', () => {
    const all = properties(schema, '').filter(
      ({ schema: own }) => typeof own === 'object' && own['$ref'] === undefined,
    );
    expect(all.length).toBeGreaterThan(100);
    const poor = all.filter(
      ({ schema: { description, examples } }) =>
        !description || !Array.isArray(examples) || examples.length === 0,
    );
    expect(poor.map(({ path }) => path)).toEqual([]);
  });

  it.each(readdirSync(join(root, 'plans')).filter((file) => file.endsWith('.yaml')))(
    'accepts plans/%s as an editor would',
    (file) => {
      validate(parse(readFileSync(join(root, 'plans', file), 'utf8')));
      expect(validate.errors).toBeNull();
    },
  );

  it('refuses an unknown key', () => {
    expect(validate({ name: 'x', threadGroups: [{ name: 'g', steps: [{ get: '/', nmae: 'y' }] }] })).toBe(
      false,
    );
  });
});
