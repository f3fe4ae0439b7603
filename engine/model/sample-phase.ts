/**
 * When a sample is taken: under load, or beside it in set-up and tear-down, of the plan and of each user, warm-up and
 * clean-up. A JTL has no place for it: there the word ends the thread name.
 */
export const samplePhases = ['load', 'set-up', 'warm-up', 'tear-down', 'clean-up'] as const;
export type SamplePhase = (typeof samplePhases)[number];
/** Samples of these do not count with the load. */
export type PhaseBesideLoad = Exclude<SamplePhase, 'load'>;

const [, ...besideLoad] = samplePhases;
const ending = new RegExp(String.raw`^(.* \d+-\d+) (${besideLoad.join('|')})$`, 's');

/** A thread, and what it was at. */
interface AtWork {
  readonly threadName: string;
  readonly phase: SamplePhase;
}

/** The thread name as a JTL has it: `Users 1-7`, and `Users 1-7 set-up` of what is not under load. */
export function nameInJtl({ threadName, phase }: AtWork): string {
  return phase === 'load' ? threadName : `${threadName} ${phase}`;
}

/** The reverse of `nameInJtl`. */
export function fromNameInJtl(text: string): AtWork {
  const [, threadName = text, word] = ending.exec(text) ?? [];
  return { threadName, phase: besideLoad.find((phase) => phase === word) ?? 'load' };
}

/** The thread group in a thread name, as rates know it: `Users 1` of `Users 1-7`. */
export function groupOf(threadName: string): string {
  return threadName.replace(/-\d+$/, '');
}
