import { expect, it } from 'vitest';
import { Stopwatch } from './stopwatch.ts';

it('leaves waits for something else out of the time and the deadline, each moment once', () => {
  let nowEpochMs = 1000;
  const watch = new Stopwatch(
    {
      clock: { nowEpochMs: () => nowEpochMs } as never,
      user: { threadName: 'Users 1-1', iteration: 0 },
      keep: { keepBody: false, keepHeaders: false, keepRequest: false },
      shown: undefined,
    },
    { deadlineMs: 500, preparationMs: 0, endsWithinMs: 0 },
  );
  const until = watch.untilEpochMs;
  const [one, other] = [watch.idle(), watch.idle()];
  expect(watch.untilEpochMs).toBeGreaterThan(until);
  nowEpochMs += 300;
  one();
  one();
  nowEpochMs += 100;
  other();
  expect(watch.idleMs).toBe(400);
  expect(watch.untilEpochMs).toBe(until + 700);
  watch.ready();
  expect(watch.idleMs).toBe(0);
  // After its end a wait moves the deadline alone.
  watch.done();
  const goOn = watch.idle();
  nowEpochMs += 50;
  goOn();
  expect([watch.idleMs, watch.untilEpochMs]).toEqual([0, 1000 + 400 + 500 + 1000 + 50]);
});
