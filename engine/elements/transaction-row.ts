import type { Sample } from '../model/sample.ts';
import { parentType, readTransactionMessage, transactionMessage } from '../model/transaction-message.ts';
import type { ElementUser, OpenTransaction } from './element.ts';

/** The sums of a transaction in which nothing has happened yet. */
export function noSums(held: OpenTransaction['held'] = null): OpenTransaction {
  const sizes = { bytesReceived: 0, bytesSent: 0, latencyMs: 0, connectMs: 0 };
  return { count: 0, failed: 0, failedCode: '', elapsedMs: 0, ...sizes, idleMs: 0, held };
}

/** What a row says for itself, beside the sums. */
export type OwnFields = Pick<
  Sample,
  | 'kind'
  | 'label'
  | 'tags'
  | 'dueEpochMs'
  | 'startEpochMs'
  | 'elapsedMs'
  | 'idleMs'
  | 'ok'
  | 'code'
  | 'failure'
>;

/** One row for several samples, with JMeter's message, by which readers of a JTL know it for one. */
export function transactionRow(user: ElementUser, own: OwnFields, sums: OpenTransaction): Sample {
  return {
    ...own,
    phase: 'load',
    threadName: user.threadName,
    latencyMs: sums.held === null ? sums.latencyMs : 0,
    connectMs: sums.connectMs,
    message: transactionMessage({ count: sums.count, failed: sums.failed, isCut: own.kind === 'cut' }),
    // JMeter's two kinds of transaction are alike in a JTL; by this its readers here know the one that counts.
    dataType: sums.held === null ? '' : parentType,
    bytesReceived: sums.bytesReceived,
    bytesSent: sums.bytesSent,
    url: null,
    groupThreads: user.groupThreads,
    allThreads: user.allThreads,
  };
}

/** As JMeter does, a transaction in another that counts as a sample says nothing of threads: readers know it by that. */
export function partOfTransaction(sample: Sample): Sample {
  const isRow =
    sample.kind === 'transaction' || sample.kind === 'cut' || readTransactionMessage(sample.message);
  return { ...sample, kind: 'sub', ...(isRow ? { groupThreads: 0, allThreads: 0 } : {}) };
}

/** Sums a sample up in the transactions that its user is in. */
export function addToTransactions(sample: Sample, open: readonly OpenTransaction[]): void {
  for (const sums of open) {
    sums.count += 1;
    if (!sample.ok) {
      sums.failed += 1;
      sums.failedCode ||= sample.code;
    }
    sums.elapsedMs += sample.elapsedMs;
    sums.bytesReceived += sample.bytesReceived;
    sums.bytesSent += sample.bytesSent;
    sums.latencyMs += sample.latencyMs;
    sums.connectMs += sample.connectMs;
  }
}
