import { setFlagsFromString } from 'node:v8';

/** 140 ms of trying, on the machine where it was measured. */
const triesBeforeFallback = 5_000_000;

/**
 * Bounds what a regular expression of a plan may cost, in all threads of the process: after so many steps back V8 starts
 * anew with its matcher of linear time. Look-around, back-references, (?i) and counted groups it does not know: those
 * are matched within a time limit (`bounded-work.ts`). To be called before any pattern is used and any worker started; see decision 23.
 */
export function boundPatterns(): void {
  setFlagsFromString('--enable-experimental-regexp-engine-on-excessive-backtracks');
  // Makes the flag `l` known, by which `pattern-cost.ts` asks whether that matcher can take a pattern.
  setFlagsFromString('--enable-experimental-regexp-engine');
  setFlagsFromString(`--regexp-backtracks-before-fallback=${triesBeforeFallback}`);
}
