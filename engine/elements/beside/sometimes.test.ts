import { describe, expect, it } from 'vitest';
import type { ConfigNode } from '../../model/template.ts';
import { outcome, constant, control, sample, Stage } from '../../user/test-support/stage.ts';

/** The iterations, from 1, in which a step with this configuration runs. */
async function iterations(config: ConfigNode, loops: number): Promise<number[]> {
  const stage = new Stage({ perform: () => Promise.resolve(outcome()) });
  const label = [{ variable: '__jm__Users__idx' }] as const;
  await stage.run([control('sometimes', config, [sample('in', { label })])], { loops });
  return stage.samples.map((one) => Number(one.label) + 1);
}

const by = (chance: string): ConfigNode => ({ choice: { chance }, among: [constant(true)] });
const often = (holds: ConfigNode, every = 1): ConfigNode => ({
  object: [
    ['holds', holds],
    ['every', constant(every)],
  ],
});

describe('a step that runs sometimes', () => {
  it.each([
    [1, 3, [1, 2, 3]],
    [2, 5, [2, 4]],
    [10, 21, [10, 20]],
  ])('with every %s in %s iterations runs in %o', async (every, loops, expected) => {
    expect(await iterations(often(constant(true), every), loops)).toEqual(expected);
  });

  it.each([
    ['0', 0, 0],
    ['0%', 0, 0],
    ['100%', 200, 200],
    ['30%', 30, 90],
  ])('with a chance of %s runs in %s to %s of 200 iterations', async (chance, least, most) => {
    const found = (await iterations(often(by(chance)), 200)).length;
    expect(found).toBeGreaterThanOrEqual(least);
    expect(found).toBeLessThanOrEqual(most);
  });
});
