import { describe, expect, it } from 'vitest';
import type { JsonSchema } from '../../engine/model/json-schema.ts';
import { keysOf, valueWords } from './keys.ts';

describe('valueWords', () => {
  it.each<[JsonSchema, string]>([
    [{ type: 'string' }, 'text'],
    [{ type: 'string', unit: 'ms' }, 'duration'],
    [{ type: 'string', render: 'condition' }, 'condition'],
    [{ type: 'object', render: 'json' }, 'map'],
    [{ enum: ['a', 1] }, '`a`, `1`'],
    [{ const: 'forever' }, '`forever`'],
    [{ type: 'integer', minimum: 1 }, 'whole number ≥ 1'],
    [{ type: 'number', minimum: 0, maximum: 1 }, 'number 0–1'],
    [{ type: 'number', exclusiveMinimum: 0 }, 'number > 0'],
    [{ type: 'array' }, 'list'],
    [{ type: 'array', items: { type: 'string' } }, 'list of text'],
    [{ type: ['string', 'boolean'] }, 'text or boolean'],
    [{ anyOf: [{ type: 'string' }, { type: 'string' }, { const: true }] }, 'text or `true`'],
    [{}, 'anything'],
  ])('of %j is %s', (schema, words) => {
    expect(valueWords(schema)).toBe(words);
  });
});

describe('keysOf', () => {
  it('gives what a table shows of a key', () => {
    const schema: JsonSchema = {
      required: ['a'],
      properties: {
        a: { type: 'string', literal: true, description: 'Its name.', examples: ['x', 5] },
        b: { type: 'boolean', default: false },
        c: { type: 'string', default: '' },
      },
    };
    expect(keysOf(schema)).toEqual([
      {
        name: 'a',
        required: true,
        value: 'text',
        default: '',
        description: 'Its name. No template.',
        examples: ['`x`', '`5`'],
      },
      { name: 'b', required: false, value: 'boolean', default: '`false`', description: '', examples: [] },
      { name: 'c', required: false, value: 'text', default: '`""`', description: '', examples: [] },
    ]);
  });

  it.each<[string, JsonSchema, string[]]>([
    ['of a map', { type: 'object', properties: { x: { type: 'string' } } }, ['k', 'k.x']],
    ['of a sampler, which has a page of its own', { sampler: 'http', properties: { x: {} } }, ['k']],
    [
      'of one of several forms',
      { anyOf: [{ type: 'boolean' }, { type: 'object', properties: { x: {} } }] },
      ['k', 'k.x'],
    ],
    [
      'of maps under any name',
      { type: 'object', additionalProperties: { properties: { x: {} } } },
      ['k', 'k.NAME.x'],
    ],
    ['of texts under any name', { type: 'object', additionalProperties: { type: 'string' } }, ['k']],
  ])('goes into the keys %s', (_, schema, names) => {
    expect(keysOf({ properties: { k: schema } }).map(({ name }) => name)).toEqual(names);
  });
});
