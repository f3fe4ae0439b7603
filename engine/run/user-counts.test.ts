import { describe, expect, it } from 'vitest';
import { earlyEndsText, userCounts } from './user-counts.ts';

const counts = { active: 0, started: 2, finished: 2 };
const lost = (count: number, firstReason: string) => ({ ...counts, endedEarly: { count, firstReason } });

describe('users that a defect has ended', () => {
  it('are counted over all workers', () => {
    expect(userCounts(6, [counts, lost(1, 'a'), lost(2, 'b')])).toEqual({
      planned: 6,
      started: 6,
      finished: 6,
      endedEarly: 3,
    });
    expect(userCounts(2, [counts])).not.toHaveProperty('endedEarly');
  });

  it('count with those that people have added, and without those taken away before they started', () => {
    expect(
      userCounts(6, [
        { ...counts, added: 3 },
        { ...counts, added: -1 },
      ]).planned,
    ).toBe(8);
  });

  it.each([
    [[counts], null],
    [[counts, lost(1, 'Users 1-1 broke')], /a user ended early, .*: Users 1-1 broke$/],
    [[lost(1, 'a'), lost(2, 'b')], /3 users ended early, .*: a$/],
  ])('are a reason for which the run fails (%#)', (workers, text) => {
    const found = earlyEndsText(workers);
    if (text === null) expect(found).toBeNull();
    else expect(found).toMatch(text);
  });
});
