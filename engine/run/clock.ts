import { setImmediate as nextImmediate } from 'node:timers/promises';
import type { Clock, Sleep } from '../model/ports.ts';

/** The machine's steady clock in milliseconds; all threads read the same one. */
export function steadyMs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1000 + nanoseconds / 1e6;
}

/** What makes the steady clock epoch time: one reading of the wall clock for the whole run. */
export function readEpochOffsetMs(): number {
  return Date.now() - steadyMs();
}

/**
 * Time since 1970 on the steady clock: a change of the wall clock during the run does not reach it.
 *
 * `performance.now` is read, not `process.hrtime`: it allocates nothing.
 */
export function steadyClock(epochOffsetMs: number): Clock {
  const offsetMs = epochOffsetMs + steadyMs() - performance.now();
  const nowEpochMs = () => performance.now() + offsetMs;
  return {
    nowEpochMs,
    sleepUntil: (epochMs) => sleepUntil(epochMs, nowEpochMs),
    nextTurn: () => nextImmediate(),
  };
}

// The longest delay that timers take; longer sleeps are slept in parts.
export const longestTimerMs = 2 ** 31 - 1;

function sleepUntil(epochMs: number, nowEpochMs: () => number): Sleep {
  let timer: NodeJS.Timeout | undefined;
  let settle: (whole: boolean) => void = () => undefined;
  const done = new Promise<boolean>((resolve) => (settle = resolve));
  const wait = () => {
    const leftMs = epochMs - nowEpochMs();
    if (leftMs <= 0) settle(true);
    // Timers fire up to a millisecond early: what is left is then waited for again.
    else timer = setTimeout(wait, Math.min(Math.ceil(leftMs), longestTimerMs));
  };
  wait();
  return {
    done,
    cancel: () => {
      clearTimeout(timer);
      settle(false);
    },
  };
}
