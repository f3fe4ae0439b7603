import { describe, expect, it } from 'vitest';
import { endThreads } from './end-threads.ts';
import { ownThread } from './thread-time.ts';

const never = new Promise<never>(() => undefined);
const pool = (destroyed: Promise<void>) => ({ destroy: () => destroyed });
/** Higher than any number that a system gives. */
const gone = 2 ** 30;

describe('the end of the threads', () => {
  it('has come when the pool says so and those ended before are gone', async () => {
    expect(await endThreads(pool(Promise.resolve()), [0, gone], never)).toBe(true);
  });

  it('does not come when the pool cannot end one', async () => {
    expect(await endThreads(pool(never), [], Promise.resolve())).toBe(false);
  });

  it.runIf(ownThread() > 0)('does not come when one that was ended before is still there', async () => {
    expect(await endThreads(pool(Promise.resolve()), [ownThread()], Promise.resolve())).toBe(false);
  });
});
