import { describe, expect, it } from 'vitest';
import type { ContentWish } from '../model/carried.ts';
import type { CompiledSampler } from '../model/compiled-plan.ts';
import type { Outcome } from '../model/sample.ts';
import { Carry } from './carry.ts';
import { control, constant, outcome, sample, Stage } from './test-support/stage.ts';

const wish = (changes: Partial<ContentWish> = {}): ContentWish => ({
  of: 'failed',
  labels: [],
  request: true,
  headers: true,
  body: true,
  limitBytes: 10,
  perLabelAndCode: null,
  most: null,
  mostBytes: null,
  ...changes,
});

const answer: Outcome = outcome({
  ok: false,
  code: '500',
  body: Buffer.from('a body of 21 letters.'),
  headers: [['content-type', 'text/plain']],
  request: { method: 'POST', url: 'http://a/', headers: [], body: 'sent: 14 bytes' },
});

/** What the samples of a user carry who takes each step once. */
async function carriedBy(carry: Carry, steps: readonly ReturnType<typeof sample>[], outcomes: Outcome[]) {
  const kept: unknown[] = [];
  const stage = new Stage({
    perform: (_config, { keepBody, keepHeaders, keepRequest }) => {
      kept.push([keepBody, keepHeaders, keepRequest]);
      return Promise.resolve(outcomes.shift() ?? outcome());
    },
  });
  Object.assign(stage.world, { carry });
  await stage.run(steps);
  return { samples: stage.samples, kept };
}

const step = (label: string, given: Partial<CompiledSampler> = {}) =>
  sample(label, { keepBody: false, ...given });

describe('Carry', () => {
  it('gives samples and transactions the variables of their time', async () => {
    const carry = new Carry({ variables: ['plan', 'n', 'none'], contents: [] });
    const set = (n: string) => control('set', constant({ set: { n } }), []);
    const steps = [
      set('1'),
      control('transaction', constant({ name: 'T', includePauses: false, parent: true }), [
        step('a'),
        set('2'),
        step('b'),
      ]),
    ];
    const { samples } = await carriedBy(carry, steps, []);
    expect(samples.map(({ label, variables }) => [label, variables])).toEqual([
      ['transaction', { plan: 'p', n: '2' }],
      ['a', { plan: 'p', n: '1' }],
      ['b', { plan: 'p', n: '2' }],
    ]);
  });

  it('gives the wanted samples their request and answer, cut to what was asked for', async () => {
    const carry = new Carry({ variables: [], contents: [wish()] });
    const { samples, kept } = await carriedBy(carry, [step('a'), step('b')], [outcome(), answer]);
    expect(kept).toEqual([
      [true, true, true],
      [true, true, true],
    ]);
    expect(samples.map(({ detail }) => detail)).toEqual([
      undefined,
      {
        request: { method: 'POST', url: 'http://a/', headers: [], body: 'sent: 14 b' },
        requestIsCut: true,
        headers: [['content-type', 'text/plain']],
        body: new Uint8Array(Buffer.from('a body of ')),
        bodyBytes: 21,
      },
    ]);
  });

  it('copies a body, so that no more of the memory it lies in is sent along', async () => {
    const carry = new Carry({ variables: [], contents: [wish({ limitBytes: 5 })] });
    const { samples } = await carriedBy(carry, [step('a')], [answer]);
    expect(samples[0]!.detail!.body.buffer.byteLength).toBe(5);
  });

  it.each([
    ['of: ok', { of: 'ok' }, ['b']],
    ['of: all', { of: 'all' }, ['a', 'b', 'a', 'a']],
    ['labels', { labels: ['a'] }, ['a', 'a', 'a']],
    ['most', { most: 2 }, ['a', 'a']],
    ['mostBytes', { mostBytes: 11 }, ['a', 'a']],
    ['perLabelAndCode', { perLabelAndCode: 1 }, ['a', 'a']],
  ] as const)('sends what a wish with %s asks for and no more', async (_name, changes, expected) => {
    const carry = new Carry({ variables: [], contents: [wish(changes)] });
    const steps = ['a', 'b', 'a', 'a'].map((label) => step(label));
    const outcomes = [answer, outcome(), { ...answer, code: '503' }, answer];
    const { samples } = await carriedBy(carry, steps, outcomes);
    expect(samples.flatMap(({ label, detail }) => (detail ? [label] : []))).toEqual(expected);
  });

  it('keeps nothing any more once a wish has been fulfilled, except what elements read', async () => {
    const carry = new Carry({ variables: [], contents: [wish({ most: 1 })] });
    const steps = [step('a'), step('a'), step('a', { keepHeaders: true })];
    const { kept } = await carriedBy(carry, steps, [answer, answer, answer]);
    expect(kept).toEqual([
      [true, true, true],
      [false, false, false],
      [false, true, false],
    ]);
  });

  it('keeps nothing for a step whose label nobody asks for', async () => {
    const carry = new Carry({ variables: [], contents: [wish({ labels: ['b'] })] });
    const { kept } = await carriedBy(carry, [step('a'), step('b')], [answer, answer]);
    expect(kept).toEqual([
      [false, false, false],
      [true, true, true],
    ]);
  });

  it('gives parts of a sample no detail', async () => {
    const carry = new Carry({ variables: [], contents: [wish({ of: 'all' })] });
    const stage = new Stage({
      perform: (_config, context) => {
        context.part(outcome({ code: '302' }));
        return Promise.resolve(answer);
      },
    });
    Object.assign(stage.world, { carry });
    await stage.run([step('a')]);
    expect(stage.samples.map(({ label, detail }) => [label, detail !== undefined])).toEqual([
      ['a', true],
      ['a-0', false],
    ]);
  });
});
