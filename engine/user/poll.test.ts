import { describe, expect, it } from 'vitest';
import type { CompiledGroup, CompiledStep } from '../model/compiled-plan.ts';
import type { ConfigNode } from '../model/template.ts';
import { constant, control, outcome, sample, Stage } from './test-support/stage.ts';

/** Each look takes 100 ms; the variable `n` counts them. */
const looking = () => {
  const stage = new Stage({
    perform: (config) => {
      stage.nowEpochMs += 100;
      return Promise.resolve(outcome(config as object));
    },
  });
  return stage;
};

const is = (value: string): ConfigNode => ({
  condition: { operator: '==', operands: [{ template: [{ variable: 'n' }] }, { literal: value }] },
});
const look = sample('look', {
  before: [{ kind: 'set', slot: 0, variable: '', config: counting(), at: '' }],
});

/** `n` is the pass, from 1. */
function counting(): ConfigNode {
  const sum = { function: '__intSum', args: [[{ variable: '__jm__Wait__idx' }], '1'], slot: 0 };
  return { object: [['set', { object: [['n', { text: [sum], as: 'string', path: 'n' }]] }]] };
}

interface Asked {
  readonly until?: ConfigNode;
  readonly failWhen?: ConfigNode;
  readonly steps?: readonly CompiledStep[];
  readonly [option: string]: unknown;
}

const poll = ({ until = is('never'), failWhen, steps = [look], ...options }: Asked) =>
  control(
    'poll',
    {
      object: [
        ['poll', until],
        ...(failWhen ? [['failWhen', failWhen] as const] : []),
        ...Object.entries({ interval: 1000, onTimeout: 'continue', ...options }).map(
          ([key, value]) => [key, constant(value)] as const,
        ),
      ],
    },
    steps,
    { label: 'Wait', tags: { area: 'healing' } },
  );

async function run(steps: readonly CompiledStep[], config: Partial<CompiledGroup> = {}) {
  const stage = looking();
  const group = await stage.run(steps, config);
  const row = stage.samples.find(({ kind }) => kind === 'transaction');
  return { stage, group, row, looks: stage.samples.filter(({ label }) => label === 'look').length };
}

describe('poll', () => {
  it('times the whole wait, pauses included, in a row of its own', async () => {
    const { row, looks, stage } = await run([poll({ until: is('3'), attempts: 10 }), sample('next')]);
    expect(looks).toBe(3);
    expect(row).toMatchObject({
      label: 'Wait',
      tags: { area: 'healing' },
      startEpochMs: 1000,
      elapsedMs: 2300,
      idleMs: 0,
      ok: true,
      code: '200',
      failure: '',
      message: 'Number of samples in transaction : 3, number of failing samples : 0',
    });
    expect(stage.samples.at(-1)).toMatchObject({ label: 'next', dueEpochMs: 3300 });
  });

  it.each<[string, Asked, number, string, number]>([
    ['after so many attempts', { attempts: 2 }, 2, 'the condition did not hold after 2 attempts', 1200],
    ['after one attempt', { attempts: 1 }, 1, 'the condition did not hold after 1 attempt', 100],
    [
      'at its time, with a last look then',
      { timeout: 2500 },
      4,
      'the condition did not hold after 4 attempts',
      2600,
    ],
    [
      'at what comes first',
      { timeout: 2500, attempts: 3 },
      3,
      'the condition did not hold after 3 attempts',
      2300,
    ],
    [
      'at once when failWhen holds',
      { failWhen: is('2'), attempts: 9 },
      2,
      'failWhen held after 2 attempts',
      1200,
    ],
  ])('gives up %s', async (_, asked, expectedLooks, failure, elapsedMs) => {
    const { row, looks, stage } = await run([poll(asked), sample('next')]);
    expect(looks).toBe(expectedLooks);
    expect(row).toMatchObject({ ok: false, failure, elapsedMs });
    expect(stage.samples.at(-1)?.label).toBe('next');
  });

  it('asks until before failWhen', async () => {
    const { row } = await run([poll({ until: is('2'), failWhen: is('2'), attempts: 9 })]);
    expect(row?.ok).toBe(true);
  });

  it.each([
    ['startNextLoop', 'look Wait look Wait', []],
    ['stopThread', 'look Wait', []],
    ['stopTest', 'look Wait', ['soon: Users 1-1: "Wait": the condition did not hold after 1 attempt']],
    ['stopTestNow', 'look Wait', ['now: Users 1-1: "Wait": the condition did not hold after 1 attempt']],
  ])('given up with onTimeout: %s', async (onTimeout, labels, stops) => {
    const { stage } = await run([poll({ attempts: 1, onTimeout }), sample('never')], { loops: 2 });
    expect(stage.samples.map(({ label }) => label).join(' ')).toBe(labels);
    expect(stage.stops).toEqual(stops);
  });

  it('fails the transactions around it when it is given up', async () => {
    const around = (asked: Asked) =>
      control('transaction', constant({ includePauses: false, parent: false }), [poll(asked)], {
        label: 'Around',
      });
    const { stage } = await run([around({ attempts: 1 }), around({ until: is('1'), attempts: 1 })]);
    const rows = stage.samples.filter(({ label }) => label === 'Around');
    expect(rows.map(({ ok }) => ok)).toEqual([false, true]);
  });

  it('fails set-up when it is given up', async () => {
    const { group } = await run([poll({ attempts: 1 })], { phase: 'setUp' });
    expect([group.failed, group.firstFailure]).toEqual([
      1,
      'Wait: the condition did not hold after 1 attempt',
    ]);
  });

  it('is cut off when the user’s time is up first', async () => {
    const { stage, row, looks } = await run([poll({ attempts: 10 })], { durationMs: 1500 });
    expect([looks, row]).toEqual([2, undefined]);
    expect(stage.samples.at(-1)).toMatchObject({ kind: 'cut', label: 'Wait', ok: true, code: '' });
  });

  it('is cut off when the run is stopped, and looks no more', async () => {
    const stage: Stage = new Stage({
      perform: () => {
        stage.groups.at(-1)?.stop('now');
        return Promise.resolve(outcome({ ok: false, code: 'interrupted' }));
      },
    });
    await stage.run([poll({ attempts: 10 })]);
    expect(stage.samples.map(({ kind }) => kind)).toEqual(['sample', 'cut']);
  });

  it.each([
    ['breakLoop', 'look Wait next'],
    ['nextIteration', 'look look Wait next'],
    ['nextLoop', 'look Wait'],
  ])('whose steps say %s', async (way, labels) => {
    const leave = control('action', constant({ do: way }), [], { label: way });
    const { stage, row } = await run([
      poll({ attempts: 2, interval: 0, steps: [look, leave] }),
      sample('next'),
    ]);
    expect(stage.samples.map(({ label }) => label).join(' ')).toBe(labels);
    expect(row?.failure).toBe(
      way === 'nextIteration' ? 'the condition did not hold after 2 attempts' : 'left in attempt 1',
    );
  });

  it('gives way when its steps wait for nothing', async () => {
    const { stage, row } = await run([poll({ attempts: 5, interval: 0, steps: [] })]);
    expect([stage.turns >= 4, row?.ok]).toEqual([true, false]);
  });

  it('leaves its waiting out of a transaction around it', async () => {
    const { stage } = await run([
      control(
        'transaction',
        constant({ name: 'All', includePauses: false, parent: false }),
        [poll({ until: is('2'), attempts: 9 })],
        { label: 'All' },
      ),
    ]);
    expect(stage.samples.at(-1)).toMatchObject({ label: 'All', elapsedMs: 200, idleMs: 1000 });
  });
});
