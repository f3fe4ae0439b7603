import type { Sample } from '../../model/sample.ts';
import { defineController, type ElementUser, type OpenTransaction } from '../element.ts';
import { noSums, transactionRow } from '../transaction-row.ts';

/**
 * `transaction: Checkout`: its steps, and one more row that sums them up, as JMeter's Transaction Controller
 * writes it without "generate parent sample" (`TransactionController.java`).
 *
 * The row is not counted in the total. One that the end of the user's time, or of the run, cut off is in the JTL, as in
 * JMeter's, and counts as nothing but that. Pauses inside count only with `includePauses`. With `parent` (JMeter's
 * "generate parent sample", `TransactionSampler.java`) the row is the sample that counts: its code is that of the
 * first failure, its time without pauses the sum of its steps', and theirs are rows of parts after it.
 */
export const transaction = defineController({
  kind: 'transaction',
  jmeter: 'Transaction Controller',
  example: `
- transaction: Look at an issue # one more row, which sums up the two
  steps:
    - get: /healing/issues
      extract: { issueId: '$.data.items[0].id' }
    - get: /healing/issues/\${issueId}
`,
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
      parent: {
        type: 'boolean',
        default: false,
        description:
          'Whether its row stands for its steps: it is counted as a sample, and theirs follow as its parts, which are not.',
        examples: [true],
      },
    },
  },
  label: ({ name }) => String(name),
  build({ config, label, steps, tags }) {
    return async (user) => {
      const { includePauses, parent } = config.render(user);
      const row = { label: label(user), tags, includePauses };
      const times = { dueEpochMs: user.dueEpochMs, startEpochMs: user.nowEpochMs() };
      const sums = noSums(parent ? [] : null);
      user.transactions.push(sums);
      try {
        return await steps(user);
      } finally {
        user.transactions.splice(user.transactions.indexOf(sums), 1);
        user.deliver(rowOf(user, row, sums, times));
        for (const part of sums.held ?? []) user.deliver(part);
      }
    };
  },
});

interface Row {
  readonly label: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly includePauses: boolean;
}

function rowOf(
  user: ElementUser,
  { label, tags, includePauses }: Row,
  sums: OpenTransaction,
  times: { readonly dueEpochMs: number; readonly startEpochMs: number },
): Sample {
  const isParent = sums.held !== null;
  const wholeMs = Math.max(0, user.nowEpochMs() - times.startEpochMs);
  const pausedMs = isParent ? Math.max(0, wholeMs - sums.elapsedMs) : sums.idleMs;
  const idleMs = includePauses ? 0 : pausedMs;
  const own = {
    kind: user.cutShort ? ('cut' as const) : isParent ? ('sample' as const) : ('transaction' as const),
    label,
    tags,
    ...times,
    elapsedMs: Math.max(0, wholeMs - idleMs),
    idleMs,
    ok: sums.failed === 0,
    code: sums.failed === 0 ? '200' : isParent ? sums.failedCode : '',
    failure: '',
  };
  return transactionRow(user, own, sums);
}
