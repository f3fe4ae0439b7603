import type { Phase } from './compiled-plan.ts';
import type { Health } from './health.ts';
import type { RunWindow } from './metrics.ts';
import type { LogLine } from './protocol.ts';
import type { RunResult } from './run-result.ts';
import type { Sample } from './sample.ts';

/** What happens in a run, for whoever watches it. Secrets are `***`. */
export type RunEvent =
  /** Worth knowing before the load, such as a proxy that requests go through, or file descriptors that will run short. */
  | { readonly type: 'note'; readonly message: string; readonly isWarning: boolean }
  /** The set-up, the load or the tear-down begins. */
  | { readonly type: 'phase'; readonly phase: Phase; readonly atEpochMs: number }
  /** What all workers measured in about a second. */
  | { readonly type: 'window'; readonly window: RunWindow }
  /** Every sample, in batches; only where they are asked for, as they cost. Its parts follow a sample in the same batch. */
  | { readonly type: 'samples'; readonly samples: readonly Sample[] }
  /** Something went wrong besides samples that fail. */
  | { readonly type: 'problem'; readonly message: string }
  /** What the plan logs. */
  | { readonly type: 'log'; readonly lines: readonly LogLine[] }
  /** How well the generator keeps up, when its verdict or a reason for it changes. */
  | { readonly type: 'health'; readonly health: Health }
  /** The last one. */
  | { readonly type: 'end'; readonly result: RunResult };
