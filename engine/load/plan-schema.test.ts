import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { planFragmentSchema, planSchema } from './plan-schema.ts';
import { smallLanguage } from './test-support/small-language.ts';
import { loadText } from './test-support/load-files.ts';

const schema = planSchema(smallLanguage);
const validate = new Ajv({ allErrors: true, strict: false }).compile(schema);

const withStep = (step: object) => ({
  name: 'T',
  threadGroups: [{ name: 'G', threads: '${n}', steps: [step] }],
});

describe('the schema for editors', () => {
  it.each([
    { get: '/a' },
    { get: { path: '/a', retries: '${n}', timeout: '5s', query: '${q}' }, expect: [200, '2xx'] },
    { http: { method: '${verb}', path: '/a' }, extract: { a: '$.x', b: { header: 'Location' } } },
    { loop: 3, steps: [{ pause: '1m30s' }] },
    { loop: '${n}', steps: [{ pause: '${think}' }] },
    { transaction: null, steps: [{ pause: 0 }] },
    { choose: [{ weight: 1, steps: [{ get: '/' }] }] },
    { get: '/a', assert: [{ status: 200 }, { duration: { below: '2s' } }] },
  ])('takes what the loader takes: %j', async (step) => {
    const plan = {
      ...withStep(step),
      defaults: { http: { baseUrl: 'x' } },
      listeners: ['summary', { 'jtl-csv': 'a' }],
    };
    expect(validate(plan), JSON.stringify(validate.errors)).toBe(true);
    await expect(loadText(JSON.stringify(plan))).resolves.toBeDefined();
  });

  it.each([
    { gte: '/a' },
    { get: '/a', post: '/a' },
    { name: 'only a name' },
    { get: { path: '/a', method: 'POST' } },
    { get: { retries: 'many' } },
    { get: { timeout: 5 } },
    { get: '/a', steps: [{ get: '/' }] },
    { loop: 3 },
    { loop: 0, steps: [{ pause: '1s' }] },
    { loop: 3, steps: [] },
    { choose: [{ weight: 0, steps: [{ get: '/' }] }] },
    { get: '/a', expect: 'fine' },
    { get: '/a', extract: { a: { regex: 'x' } } },
    { get: '/a', assert: [{}] },
    { get: '/a', tagz: {} },
  ])('refuses what the loader refuses: %j', async (step) => {
    const plan = { ...withStep(step), defaults: { http: { baseUrl: 'x' } } };
    expect(validate(plan)).toBe(false);
    await expect(loadText(JSON.stringify(plan))).rejects.toThrow();
  });

  it.each([
    { ...withStep({ get: '/a', on: { 404: [{ get: '/' }], '2xx': [{ get: '/' }] } }) },
    { ...withStep({ get: '/a' }), $schema: 'x' },
  ])('takes %j', (plan) => {
    expect(validate({ ...plan, defaults: { http: { baseUrl: 'x' } } }), JSON.stringify(validate.errors)).toBe(
      true,
    );
  });

  it('asks for no type of keys, as editors take 404: for a number', () => {
    const names: Schema[] = [];
    JSON.stringify(schema, (key, value: unknown) => {
      if (key === 'propertyNames') names.push(value as Schema);
      return value;
    });
    expect(names.length).toBeGreaterThan(3);
    expect(names.filter((each) => 'type' in each)).toEqual([]);
  });

  it('has words of its own for what editors would puzzle with', () => {
    const message = (text: string) => expect.objectContaining({ errorMessage: text }) as unknown;
    const { group, step } = schema['definitions'] as {
      group: { properties: Schema };
      step: { oneOf: Schema[] };
    };
    const unit = 'Expected a duration with its unit, such as 30s, 500ms or 1m30s.';
    expect(group.properties['duration']).toMatchObject({
      anyOf: [{ anyOf: [message(unit), message(unit)] }, { pattern: '\\$\\{' }],
    });
    const noKind = 'A step needs one kind, such as get, post, loop or pause; none of its keys is one.';
    expect(step.oneOf.every(({ errorMessage }) => errorMessage === noKind)).toBe(true);
    const about = (word: string) => step.oneOf.find(({ required }) => String(required) === word)?.['allOf'];
    expect(about('loop')).toEqual([message('"loop" needs "steps" beside it: what it controls.')]);
    expect(about('get')).toEqual([message('"get" has no steps. Make them steps after it.')]);
  });

  it('describes and shows by example every key that is ours', () => {
    const bare: string[] = [];
    visit(schema, '', (key, each) => {
      if (typeof each === 'object' && !('$ref' in each) && !(each['description'] && each['examples']))
        bare.push(key);
    });
    expect(bare).toEqual([]);
  });

  it('uses no keyword of our dialect', () => {
    const text = JSON.stringify([schema, planFragmentSchema(smallLanguage)]);
    expect(text).not.toMatch(/"unit":"ms"|"(render|literal)":/);
  });

  it('for fragments takes flows and no thread groups', () => {
    const check = new Ajv({ strict: false }).compile(planFragmentSchema(smallLanguage));
    expect(check({ flows: { a: [{ get: '/' }] }, variables: { a: 1 } })).toBe(true);
    expect(check({ flows: { a: [{ gte: '/' }] } })).toBe(false);
    expect(check({ threadGroups: [] })).toBe(false);
  });
});

type Schema = Record<string, unknown>;

/** Calls back for every property of every schema in a schema. */
function visit(schema: unknown, path: string, found: (path: string, schema: Schema) => void): void {
  if (typeof schema !== 'object' || schema === null) return;
  const { properties = {}, definitions = {}, anyOf = [], items, additionalProperties } = schema as Schema;
  for (const [name, each] of Object.entries(properties as Record<string, Schema>))
    found(`${path}.${name}`, each);
  for (const inside of [properties, definitions, anyOf]) {
    for (const [name, each] of Object.entries(inside as Record<string, Schema>))
      visit(each, `${path}.${name}`, found);
  }
  visit(items, `${path}[]`, found);
  visit(additionalProperties, `${path}.*`, found);
}
