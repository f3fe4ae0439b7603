import { describe, expect, it } from 'vitest';
import type { CompiledElement } from '../model/compiled-plan.ts';
import type { Outcome } from '../model/sample.ts';
import { constant, outcome, sample, Stage } from './test-support/stage.ts';

const element = (kind: string, config: object, applyTo?: 'subs' | 'all'): CompiledElement => ({
  kind,
  slot: 0,
  variable: '',
  config: constant(config),
  ...(applyTo && { applyTo }),
  at: 'plan.yaml:1:1',
});
const status = (applyTo?: 'subs' | 'all') => element('status', { status: 200 }, applyTo);
const hops = (...codes: string[]) => codes.map((code) => outcome({ code, ok: !code.startsWith('4') }));

/** A sample whose parts take 10 ms each. */
async function taken(parts: readonly Outcome[], given: Parameters<typeof sample>[1], whole = outcome()) {
  const stage = new Stage({
    perform: (_, context) => {
      for (const part of parts) {
        stage.nowEpochMs += 10;
        context.part(part);
      }
      return Promise.resolve(whole);
    },
  });
  await stage.run([sample('Page', given)]);
  return stage;
}

const rows = ({ samples }: Stage) => samples.map(({ label, ok, failure }) => [label, ok, failure]);

describe('an assertion', () => {
  it.each<[string, CompiledElement, string[], string, unknown[]]>([
    ['the sample alone', status(), ['302', '404'], '200', [true, true, false]],
    ['sub-samples that pass', status('subs'), ['200', '200'], '500', [true, true, true]],
    ['sub-samples', status('subs'), ['200', '302'], '200', [false, true, false]],
    ['all, of which the sample fails', status('all'), ['200'], '500', [false, true]],
    ['no sub-samples', status('subs'), [], '500', [true]],
  ])('applies to %s', async (_, assertion, codes, code, expected) => {
    const stage = await taken(hops(...codes), { assertions: [assertion] }, outcome({ code }));
    expect(stage.samples.map(({ ok }) => ok)).toEqual(expected);
  });

  it('judges every sub-sample; the sample names the first that failed, and each says why itself', async () => {
    const stage = await taken(hops('302', '200', '303'), { assertions: [status('all')] });
    expect(rows(stage)).toEqual([
      ['Page', false, 'Page-0: expected status 200, found 302'],
      ['Page-0', false, 'expected status 200, found 302'],
      ['Page-1', true, ''],
      ['Page-2', false, 'expected status 200, found 303'],
    ]);
  });

  it('tells its failure of the sample before those of sub-samples', async () => {
    const stage = await taken(hops('302'), { assertions: [status('all')] }, outcome({ code: '201' }));
    expect(rows(stage).map(([, , failure]) => failure)).toEqual([
      'expected status 200, found 201',
      'expected status 200, found 302',
    ]);
  });

  it('keeps the first failure of a sub-sample', async () => {
    const second = element('contains', { contains: 'x', in: 'body', any: false, not: false }, 'subs');
    const stage = await taken(hops('302'), { assertions: [status('subs'), second] });
    expect(rows(stage)[1]).toEqual(['Page-0', false, 'expected status 200, found 302']);
  });

  it('measures sub-samples by their own time and bytes', async () => {
    const slow = element('duration', { duration: 9 }, 'subs');
    expect(rows(await taken(hops('200'), { assertions: [slow] }))[0]).toEqual([
      'Page',
      false,
      'Page-0: took 10ms, longer than 9ms',
    ]);
    const exact = element('size', { size: { equals: 3 }, of: 'all', not: false }, 'subs');
    const parts = [outcome({ bytesReceived: 3 })];
    expect(rows(await taken(parts, { assertions: [exact] }))[0]).toEqual(['Page', true, '']);
  });

  it('that throws over a sub-sample fails it', async () => {
    const bad = element('matches', { matches: '(', in: 'body', any: false, not: false }, 'subs');
    const [whole, part] = rows(await taken(hops('200'), { assertions: [bad] }));
    expect([whole?.[1], part?.[1]]).toEqual([false, false]);
    expect(whole?.[2]).toMatch(/^Page-0: Invalid regular expression/);
  });

  it('that only checks fails neither', async () => {
    const stage = await taken(hops('302'), { checks: [{ name: 'hops', assertion: status('subs') }] });
    expect(stage.samples.every(({ ok }) => ok)).toBe(true);
    const [window] = stage.recorded.window();
    expect(window).toMatchObject({ sum: 0, failures: { 'Page-0: expected status 200, found 302': 1 } });
  });
});

describe('what is kept of parts', () => {
  const keep = { keepBody: true, keepHeaders: false, keepRequest: false };

  it.each([
    [undefined, null],
    [keep, keep],
  ])('%j is told to the sampler', async (keepOfParts, expected) => {
    let told: unknown;
    const stage = new Stage({
      perform: (_, context) => {
        told = context.keepOfParts;
        return Promise.resolve(outcome());
      },
    });
    await stage.run([sample('a', keepOfParts ? { keepOfParts } : {})]);
    expect(told).toEqual(expected);
  });

  it('is read by an extractor', async () => {
    const body = (text: string) => outcome({ body: new TextEncoder().encode(text) });
    const found = element('regex', { regex: 'n=(.)', match: 'all', from: 'body', applyTo: 'all' });
    const stage = await taken(
      [body('n=1'), body('n=3')],
      { extractors: [{ ...found, variable: 'n' }], assertions: [count('n_matchNr', '3'), count('n_2', '1')] },
      body('n=2'),
    );
    expect(rows(stage)[0]).toEqual(['Page', true, '']);
  });
});

const count = (source: string, equals: string) =>
  element('equals', { equals, source, in: 'body', any: false, not: false });
