import { formatMs } from '../model/units.ts';

export interface Loss {
  readonly worker: number;
  readonly workers: number;
  /** `was stuck for 5s`. */
  readonly how: string;
  /** What it was doing, in words; null: not known. */
  readonly doing: string | null;
  readonly lostSamples: number;
  readonly lostUsers: number;
  readonly next: 'replaced' | 'given up' | 'ending';
}

const nextTexts = {
  replaced: 'A new worker goes on with its other users.',
  'given up': 'It is given up: this happened too often, or before it was ready.',
  ending: 'The run was ending.',
};

/** What became of a worker, for people. */
export function lossText({ worker, workers, how, doing, lostSamples, lostUsers, next }: Loss): string {
  const lost = [
    ...(lostUsers > 0 ? [counted(lostUsers, 'user')] : []),
    ...(lostSamples > 0 ? [`${counted(lostSamples, 'sample')} not yet sent`] : []),
    'what was in flight',
    'custom metrics since its last second',
  ];
  const place = doing === null ? '' : `; it was at ${doing}`;
  return `worker ${worker + 1} of ${workers} ${how}${place}. Lost: ${lost.join(', ')}. ${nextTexts[next]}`;
}

/** Before the load, for people. */
export function refusedText({
  worker,
  workers,
  why,
}: Pick<Loss, 'worker' | 'workers'> & { why: string }): string {
  const remedy = /EMFILE|ENFILE|too many open files|system error 24\b/i.test(why)
    ? '. This process may open no more files: allow more, for example with ulimit -n 4096, or use fewer workers (--workers)'
    : '';
  return `worker ${worker + 1} of ${workers} could not start, so no load was started: ${why.replace(/\.+$/, '')}${remedy}`;
}

/** `was stuck for 5s`. */
export function stuckText(silentMs: number): string {
  return `was stuck for ${formatMs(silentMs)}`;
}

/** Users that were still at work so long after a stop. */
export function unendedText(users: number, limitMs: number): string {
  return `${counted(users, 'user')} did not end within ${formatMs(limitMs)} of the stop; what they had in flight is lost`;
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
