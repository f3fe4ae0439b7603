import { describe, expect, it } from 'vitest';
import type { Cell } from '../model/axis.ts';
import type { CompiledElement, CompiledStep } from '../model/compiled-plan.ts';
import type { RoundNotes } from '../model/sweep.ts';
import { constant, control, outcome, sample, Stage } from './test-support/stage.ts';

/** Each sample takes 10 ms; every one is called after the cell and the round it is in. */
const steady = () => {
  const stage = new Stage({
    perform: (config) => {
      stage.nowEpochMs += 10;
      return Promise.resolve(outcome(config as object));
    },
  });
  return stage;
};

const where = sample('', { label: [{ variable: 'size' }, { variable: '__jm__matrix__idx' }] });

function matrix(
  config: object,
  { steps = [where], data = [] }: { steps?: CompiledStep[]; data?: CompiledElement[] } = {},
): CompiledStep {
  const branches = ['a', 'b', 'c'].map((size) => ({
    config: constant({ cell: { size }, variables: { size } }),
    steps,
  }));
  const given = { iterations: 1, warmUp: 0, order: 'rounds', ...config };
  return control('matrix', constant(given), [], { branches, data });
}

const when = (variable: string, value: string, step: CompiledStep) =>
  control(
    'if',
    {
      object: [
        [
          'condition',
          { condition: { operator: '==', operands: [{ template: [{ variable }] }, { literal: value }] } },
        ],
      ],
    },
    [step],
  );
const action = (what: string) => control('action', constant({ do: what }), []);

async function labels(steps: CompiledStep[], config = {}): Promise<string> {
  const stage = steady();
  await stage.run(steps, config);
  return stage.samples.map(({ label }) => label).join(' ');
}

describe('a matrix', () => {
  it.each([
    ['all cells in a round', {}, 'a0 b0 c0'],
    ['every second round backwards', { iterations: 3 }, 'a0 b0 c0 c1 b1 a1 a2 b2 c2'],
    ['all rounds of a cell', { iterations: 2, order: 'cells' }, 'a0 a1 b0 b1 c0 c1'],
  ])('goes through %s', async (_, config, expected) => {
    expect(await labels([matrix(config)])).toBe(expected);
  });

  it('draws an order for each round, of all cells', async () => {
    const all = (await labels([matrix({ iterations: 300, order: 'random' })])).split(' ');
    const rounds = Array.from({ length: 300 }, (_, round) => all.slice(3 * round, 3 * round + 3));
    const orders = new Set(rounds.map((cells) => cells.map((cell) => cell[0]).join('')));
    expect([...orders].sort()).toEqual(['abc', 'acb', 'bac', 'bca', 'cab', 'cba']);
  });

  it('warms up in rounds that do not count', async () => {
    const stage = steady();
    await stage.run([matrix({ warmUp: 1 }), sample('then')]);
    expect(stage.samples.map(({ label, phase, threadName }) => `${label} ${phase} ${threadName}`)).toEqual([
      'a0 warm-up Users 1-1',
      'b0 warm-up Users 1-1',
      'c0 warm-up Users 1-1',
      'c1 load Users 1-1',
      'b1 load Users 1-1',
      'a1 load Users 1-1',
      'then load Users 1-1',
    ]);
    expect(stage.samples.map(({ dueEpochMs }) => dueEpochMs)).toEqual([
      1000, 1010, 1020, 1030, 1040, 1050, 1060,
    ]);
  });

  it('gives variables back as they were', async () => {
    const set = control('set', constant({ set: { size: 'before' } }), []);
    const own = sample('', { label: [{ variable: 'size' }] });
    expect(await labels([set, matrix({}), own])).toBe('a0 b0 c0 before');
    expect(await labels([matrix({}), own])).toBe('a0 b0 c0 ${size}');
  });

  it.each([
    ['nextIteration', 'a0 c0 c1 a1 z'],
    ['breakLoop', 'a0 z'],
    ['nextLoop', 'a0'],
    ['stopThread', 'a0'],
  ])('%s in a cell', async (what, expected) => {
    const steps = [when('size', 'b', action(what)), where];
    expect(await labels([matrix({ iterations: 2 }, { steps }), sample('z')])).toBe(expected);
  });

  it('moves its data on once a round', async () => {
    const data: CompiledElement = {
      kind: 'counter',
      slot: 0,
      variable: '',
      config: constant({
        counter: 'n',
        start: 1,
        by: 1,
        format: '',
        perUser: true,
        resetEachIteration: false,
      }),
      at: '',
    };
    const steps = [sample('', { label: [{ variable: 'size' }, { variable: 'n' }] })];
    expect(await labels([matrix({ iterations: 2 }, { steps, data: [data] })])).toBe('a1 b1 c1 c2 b2 a2');
  });

  it('ends with the round under way when the run is being stopped', async () => {
    const stage = new Stage({
      perform: () => {
        const [group] = stage.groups;
        if (stage.samples.length === 3) group?.stop('graceful');
        return Promise.resolve(outcome());
      },
    });
    await stage.run([matrix({ iterations: 5 })]);
    expect(stage.samples).toHaveLength(6);
  });

  it('lets a round be compared: cells, samples, and the end of whole rounds only', async () => {
    const stage = steady();
    const told: string[] = [];
    const notes: RoundNotes = {
      enter: (cell: Cell) => told.push(`in ${cell['size'] ?? ''}`),
      note: ({ label }) => told.push(label),
      end: () => told.push('end'),
    };
    Object.assign(stage.world, { compare: () => notes });
    const steps = [where, when('__jm__matrix__idx', '2', action('stopThread'))];
    await stage.run([matrix({ warmUp: 1, iterations: 2 }, { steps }), sample('z')]);
    expect(told.join(', ')).toBe('in c, c1, in b, b1, in a, a1, end, in a, a2');
  });
});
