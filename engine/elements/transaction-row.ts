import type { Sample } from '../model/sample.ts';
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
    threadName: user.threadName,
    latencyMs: sums.held === null ? sums.latencyMs : 0,
    connectMs: sums.connectMs,
    message: `Number of samples in transaction : ${sums.count}, number of failing samples : ${sums.failed}`,
    dataType: '',
    bytesReceived: sums.bytesReceived,
    bytesSent: sums.bytesSent,
    url: null,
    groupThreads: user.groupThreads,
    allThreads: user.allThreads,
  };
}
