import { beforeAll, describe, expect, it } from 'vitest';
import { loadKinds } from '../elements/load-kinds.ts';
import type { CompiledElement } from '../model/compiled-plan.ts';
import type { Outcome } from '../model/sample.ts';
import { constant, outcome, sample, Stage } from './test-support/stage.ts';

const own = { match: 'first', default: '', required: false, applyTo: 'main', from: 'body' };
const extractor = (kind: string, config: object): CompiledElement => ({
  kind,
  slot: 0,
  variable: 'token',
  config: constant({ ...own, ...config }),
  at: '',
});

async function answered(given: Partial<Outcome>, extractors: readonly CompiledElement[], label = 'Log in') {
  const stage = new Stage({ perform: () => Promise.resolve({ ...outcome(), ...given }) });
  await stage.run([sample(label, { extractors })], {});
  expect(stage.problems).toEqual([]);
  const [row] = stage.samples;
  return { misses: stage.misses, ok: row?.ok, failure: row?.failure };
}

const body = Buffer.from('{"token":["a","b"]}');
const missing = [
  ['jsonPath', { jsonPath: '$.access_token' }, '$.access_token'],
  ['jmesPath', { jmesPath: 'access_token' }, 'access_token'],
  ['regex', { regex: 'access_token=(.*)' }, 'access_token=(.*)'],
  ['boundary', { boundary: { left: 'access=', right: ';' } }, '{"left":"access=","right":";"}'],
  ['header', { header: 'x-token' }, 'x-token'],
  ['css', { css: 'input[name=token]', attribute: 'value' }, 'input[name=token]'],
  ['xpath', { xpath: '//token', namespaces: {}, fragment: false }, '//token'],
] as const;

beforeAll(() => loadKinds([{ kind: 'css' }, { kind: 'xpath' }, { kind: 'jmesPath' }]));

describe('an extractor that finds nothing', () => {
  it.each(missing)('%s is counted by label and variable, and fails nothing', async (kind, config) => {
    const found = await answered({ body }, [extractor(kind, config)]);
    expect(found).toEqual({ misses: ['Log in: token'], ok: true, failure: '' });
  });

  it.each(missing)('%s fails the sample where it is required', async (kind, config, shown) => {
    const { ok, failure, misses } = await answered({ body }, [
      extractor(kind, { ...config, required: true }),
    ]);
    expect([ok, failure, misses]).toEqual([
      false,
      `required variable token: ${kind} ${shown} found nothing in the answer (status 200, 19 bytes)`,
      ['Log in: token'],
    ]);
  });

  it('is one that has fewer matches than it asks for', async () => {
    const third = extractor('jsonPath', { jsonPath: '$.token[*]', match: 3, required: true });
    expect((await answered({ body }, [third])).failure).toBe(
      'required variable token: jsonPath $.token[*] found only 2 where match 3 is asked for, in the answer (status 200, 19 bytes)',
    );
  });

  it('is one that looks through a variable', async () => {
    const inVariable = extractor('regex', { regex: 'x', source: 'page', required: true });
    expect((await answered({ body }, [inVariable])).failure).toBe(
      'required variable token: regex x found nothing in the variable page',
    );
  });

  it.each([['first'], ['all'], ['random'], [2]])('is none that finds match %s', async (match) => {
    const found = extractor('jsonPath', { jsonPath: '$.token[*]', match, required: true });
    expect(await answered({ body }, [found])).toEqual({ misses: [], ok: true, failure: '' });
  });

  it('is not counted in a sample that had failed before, whose failure stays', async () => {
    const failed = { body, ok: false, code: '500', failure: 'the server said no' };
    const required = extractor('jsonPath', { jsonPath: '$.x', required: true });
    expect(await answered(failed, [required])).toEqual({
      misses: [],
      ok: false,
      failure: 'the server said no',
    });
  });
});
