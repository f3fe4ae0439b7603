import { defineController, type ElementUser, type OpenTransaction } from '../element.ts';

/**
 * `transaction: Checkout`: its steps, and one more row that sums them up, as JMeter's Transaction Controller
 * writes it without "generate parent sample" (`TransactionController.java`).
 *
 * The row is not counted in the total. Pauses inside count only with `includePauses`.
 */
export const transaction = defineController({
  kind: 'transaction',
  scalar: 'name',
  children: 'steps',
  schema: {
    type: 'object',
    description: 'Times its steps together, in a row of its own.',
    additionalProperties: false,
    required: ['name'],
    properties: {
      name: { type: 'string', minLength: 1, description: 'The label of the row.', examples: ['Checkout'] },
      includePauses: {
        type: 'boolean',
        default: false,
        description: 'Whether pauses inside count towards its time.',
        examples: [true],
      },
    },
  },
  label: ({ name }) => String(name),
  build({ config, label, steps, tags }) {
    return async (user) => {
      const row = { label: label(user), tags, includePauses: config.render(user).includePauses };
      const [dueEpochMs, startEpochMs] = [user.dueEpochMs, user.nowEpochMs()];
      const sums = noSums();
      user.transactions.push(sums);
      try {
        return await steps(user);
      } finally {
        user.transactions.splice(user.transactions.indexOf(sums), 1);
        record(user, row, sums, { dueEpochMs, startEpochMs });
      }
    };
  },
});

function noSums(): OpenTransaction {
  return { count: 0, failed: 0, bytesReceived: 0, bytesSent: 0, latencyMs: 0, connectMs: 0, idleMs: 0 };
}

interface Row {
  readonly label: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly includePauses: boolean;
}

function record(
  user: ElementUser,
  { label, tags, includePauses }: Row,
  sums: OpenTransaction,
  times: { readonly dueEpochMs: number; readonly startEpochMs: number },
): void {
  const idleMs = includePauses ? 0 : sums.idleMs;
  user.record({
    kind: 'transaction',
    label,
    tags,
    threadName: user.threadName,
    ...times,
    elapsedMs: Math.max(0, user.nowEpochMs() - times.startEpochMs - idleMs),
    idleMs,
    latencyMs: sums.latencyMs,
    connectMs: sums.connectMs,
    ok: sums.failed === 0,
    code: sums.failed === 0 ? '200' : '',
    message: `Number of samples in transaction : ${sums.count}, number of failing samples : ${sums.failed}`,
    failure: '',
    dataType: '',
    bytesReceived: sums.bytesReceived,
    bytesSent: sums.bytesSent,
    url: null,
    groupThreads: user.groupThreads,
    allThreads: user.allThreads,
  });
}
