import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Workshop } from '../support/plan-command.ts';

let workshop: Workshop;
beforeEach(() => (workshop = new Workshop()));
afterEach(() => workshop.clean());

describe('plan docs', () => {
  it('explains an element, without colours where there is no terminal', async () => {
    const golden = join(import.meta.dirname, '..', '..', 'cli', 'docs', 'golden', 'while.txt');
    const { code, stdout, stderr } = await workshop.plan('docs', 'while');
    expect([code, stdout, stderr]).toEqual([0, readFileSync(golden, 'utf8'), '']);
  });

  it('lists what there is', async () => {
    const { code, stdout } = await workshop.plan('docs');
    expect(code).toBe(0);
    for (const word of ['Controllers\n', '  while ', '  __Random ', '  jtl-csv ', '  thresholds '])
      expect(stdout).toContain(word);
    const timers = await workshop.plan('docs', 'timers');
    expect(timers.stdout).toMatch(/^Timers\n {2}constant /);
    expect(timers.stdout).not.toContain('while');
  });

  it('says what was meant instead of an unknown name', async () => {
    const { code, stdout, stderr } = await workshop.plan('docs', 'wihle');
    expect([code, stdout]).toEqual([104, '']);
    expect(stderr).toBe('there is no "wihle" in the plan language. Did you mean "while"?\n');
  });
});
