import { describe, expect, it } from 'vitest';
import { schemaLine } from './schema-line.ts';

describe('the line for editors names the schema', () => {
  it.each([
    ['/p/plan.yaml', '/p/node_modules/loadplan', './node_modules/loadplan/schemas/plan.schema.json'],
    [
      '/p/load/a/plan.yaml',
      '/p/node_modules/loadplan',
      '../../node_modules/loadplan/schemas/plan.schema.json',
    ],
    ['/src/loadplan/plans/a.yaml', '/src/loadplan', '../schemas/plan.schema.json'],
    ['/src/loadplan/a.yaml', '/src/loadplan', './schemas/plan.schema.json'],
    [
      '/p/plan.yaml',
      '/usr/lib/node_modules/loadplan',
      '/usr/lib/node_modules/loadplan/schemas/plan.schema.json',
    ],
    ['/pp/plan.yaml', '/p/node_modules/loadplan', '/p/node_modules/loadplan/schemas/plan.schema.json'],
  ])('of %s with the package in %s', (file, root, path) => {
    expect(schemaLine(file, root)).toBe(`# yaml-language-server: $schema=${path}`);
  });
});
