/**
 * What is done beside the load: set-up and tear-down, of the plan and of each user, warm-up, clean-up. The word ends the
 * thread name of its samples, which is how a JTL tells them: writer and reader both take it from here.
 */
export const parts = ['set-up', 'warm-up', 'tear-down', 'clean-up'] as const;
export type Part = (typeof parts)[number];

/** The thread name of what is done beside the load. */
export function besideName(threadName: string, part: Part): string {
  return `${threadName} ${part}`;
}

const number = new RegExp(String.raw`-\d+( (${parts.join('|')}))?$`);
const ending = new RegExp(String.raw` \d+-\d+ (${parts.join('|')})$`);

/** The thread group in a thread name, as rates know it: `Users 1` of `Users 1-7`, and of `Users 1-7 set-up`. */
export function groupOf(threadName: string): string {
  return threadName.replace(number, '');
}

/** The part that a thread name tells; null: the load. */
export function partOf(threadName: string): Part | null {
  const found = ending.exec(threadName)?.[1];
  return parts.find((part) => part === found) ?? null;
}
