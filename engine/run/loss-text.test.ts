import { describe, expect, it } from 'vitest';
import { lossText, stuckText } from './loss-text.ts';

const loss = {
  worker: 0,
  workers: 2,
  how: stuckText(5000),
  doing: 'the assertion script of step "Hang" (plan.yaml:3:5), user "Users 1-1"',
  lostSamples: 12,
  lostUsers: 1,
  next: 'replaced',
} as const;

describe('what became of a worker', () => {
  it.each([
    [
      {},
      'worker 1 of 2 was stuck for 5s; it was at the assertion script of step "Hang" (plan.yaml:3:5), user "Users 1-1". Lost: 1 user, 12 samples not yet sent, what was in flight, custom metrics since its last second. A new worker goes on with its other users.',
    ],
    [
      {
        how: 'ended early: worker exited with code: 3',
        doing: null,
        lostSamples: 1,
        lostUsers: 4,
        next: 'given up',
      },
      'worker 1 of 2 ended early: worker exited with code: 3. Lost: 4 users, 1 sample not yet sent, what was in flight, custom metrics since its last second. It is given up: this happened too often, or before it was ready.',
    ],
    [
      { how: 'did not end within 10s', doing: null, lostSamples: 0, lostUsers: 0, next: 'ending' },
      'worker 1 of 2 did not end within 10s. Lost: what was in flight, custom metrics since its last second. The run was ending.',
    ],
  ] as const)('%o', (given, text) => {
    expect(lossText({ ...loss, ...given })).toBe(text);
  });
});
