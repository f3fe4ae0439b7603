import type { Sample } from './sample.ts';

/** How JMeter's message of a transaction starts; readers of a JTL, JMeter's too, know the row by it. */
const start = 'Number of samples in transaction : ';
/** How ours goes on where the end of the user's time, or of the run, came before the end of the steps. */
const cutOff = ', cut off by the end of the run';

/** The data type of a transaction that counts as a sample, with its steps as its parts behind it. JMeter leaves it empty. */
export const parentType = 'text';

/** JMeter's message of a transaction, to the letter; of one that was cut off, with a remark behind it. */
export function transactionMessage(counts: {
  readonly count: number;
  readonly failed: number;
  readonly isCut: boolean;
}): string {
  const { count, failed, isCut } = counts;
  return `${start}${count}, number of failing samples : ${failed}${isCut ? cutOff : ''}`;
}

/** What a message tells of its row: how many samples it sums up, and whether all of it was done. Null: no transaction. */
export function readTransactionMessage(
  message: string,
): { readonly count: number; readonly kind: Extract<Sample['kind'], 'transaction' | 'cut'> } | null {
  if (!message.startsWith(start)) return null;
  return {
    count: parseInt(message.slice(start.length), 10) || 0,
    kind: message.endsWith(cutOff) ? 'cut' : 'transaction',
  };
}
