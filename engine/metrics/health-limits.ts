/** 0: nothing to say; 1: strained; 2: invalid. */
export type Grade = 0 | 1 | 2;

/** From where on a figure strains a run, and from where on it makes it invalid. */
export interface Limit {
  readonly strained: number;
  readonly invalid: number;
}

const never = Infinity;

/** Why these: decision 37. A ratio counts only with enough milliseconds behind it: a short run has short stalls, too. */
export const limits = {
  stalledRatio: { strained: 0.02, invalid: 0.1 },
  stalledMs: { strained: 250, invalid: 750 },
  longestStallMs: { strained: 500, invalid: 5000 },
  mainStalledRatio: { strained: 0.1, invalid: 0.5 },
  mainStalledMs: { strained: 500, invalid: 2000 },
  mainLongestStallMs: { strained: 2000, invalid: 10_000 },
  taintedRatio: { strained: 0.05, invalid: 0.25 },
  taintedStalledMs: { strained: 100, invalid: 250 },
  latenessP99Ms: { strained: 100, invalid: 1000 },
  heldBackRatio: { strained: 0.01, invalid: 0.2 },
  heldBackMs: { strained: 100, invalid: 750 },
  utilisationMean: { strained: 0.8, invalid: never },
  busyRatio: { strained: 0.1, invalid: never },
  localRatio: { strained: 0, invalid: 0.01 },
  cpuWaitRatio: { strained: 0.2, invalid: 0.5 },
  cpuWaitMs: { strained: 250, invalid: 1000 },
  throttledRatio: { strained: 0.05, invalid: 0.5 },
  throttledMs: { strained: 250, invalid: 1000 },
  memoryRatio: { strained: 0.95, invalid: never },
  suspendedMs: { strained: 500, invalid: 5000 },
  clockStepMs: { strained: 500, invalid: never },
  unreadMs: { strained: 5000, invalid: never },
} as const satisfies Readonly<Record<string, Limit>>;

export function graded(value: number, { strained, invalid }: Limit): Grade {
  return value > invalid ? 2 : value > strained ? 1 : 0;
}

export function graver(a: Grade, b: Grade): Grade {
  return a > b ? a : b;
}

export function both(a: Grade, b: Grade): Grade {
  return a < b ? a : b;
}
