import { describe, expect, it } from 'vitest';
import { Openings, openMs } from './openings.ts';

describe('workers that are begun', () => {
  it('are late once, each by its own time, and never once they are ready', () => {
    const late: number[] = [];
    const openings = new Openings((worker) => late.push(worker));
    openings.begin(0);
    openings.begin(1);
    openings.beat(openMs - 1);
    openings.end(1);
    openings.begin(2);
    openings.beat(1);
    expect(late).toEqual([0]);
    openings.beat(openMs);
    openings.beat(openMs);
    expect(late).toEqual([0, 2]);
  });
});
