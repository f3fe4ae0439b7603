import { beforeAll, describe, expect, it } from 'vitest';
import { sampleFiles } from '../cli/docs/sample-files.ts';
import type { Pool } from '../engine/model/pool.ts';
import { loadKinds } from '../engine/elements/load-kinds.ts';
import { templateFunctions } from '../engine/template/functions/index.ts';
import { render } from '../engine/template/test-support/render.ts';

/** A world in which chance, time and machine always decide the same. */
const world = {
  chances: Array.from({ length: 40 }, (_, n) => ((n + 1) * 0.618) % 1),
  nowEpochMs: Date.UTC(2026, 2, 1, 10),
  pools: { issue_ids: { size: 2 } as Pool },
};

beforeAll(() => loadKinds([...templateFunctions.keys()]));

describe('the example of', () => {
  it.each([...templateFunctions.values()])('$name gives what it says', ({ name, example }) => {
    const { template, given = {}, gives } = example;
    const files = new Map(Object.entries(sampleFiles));
    expect(template).toContain(`\${${name}`);
    expect(render(template, { ...world, variables: { ...given }, files }).text).toBe(gives);
  });
});
