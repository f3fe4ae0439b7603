import {
  defineController,
  type Config,
  type ControllerSite,
  type ElementUser,
  type Flow,
  type OpenTransaction,
  type Run,
} from '../element.ts';
import { passes } from '../passes.ts';
import { noSums, transactionRow } from '../transaction-row.ts';
import { sleepFor } from '../waited.ts';

/**
 * `poll: "${state} == 'completed'"`: its steps again and again until the condition holds; it is asked after each pass.
 *
 * The wait has a row of its own, of the kind of a transaction, whose time is all that passed until then, pauses
 * included: what people call the time to detection, or to healing. Giving up, a `failWhen` that holds and being left by
 * the steps before the end make it a failed row. A wait that the end of the user's time or of the run cuts off says
 * nothing of the system: its row is in the JTL, and counts as nothing but that.
 */
export const poll = defineController({
  kind: 'poll',
  example: `- get: /pipelines
  extract: { pipeline: '$.data.items[0].pipeline_id' }
- post: { path: '/pipelines/\${pipeline}/execute', json: {} }
  expect: 202
  extract: { execution: $.data.execution_id }
- poll: "\${state} == 'completed'"
  name: Wait for the execution
  failWhen: "\${state} == 'failed'"
  interval: 200ms
  timeout: 30s
  steps:
    - get: /executions/\${execution}
      extract: { state: $.data.status }
`,
  flat: true,
  children: 'steps',
  loops: true,
  whole: true,
  schema: {
    type: 'object',
    description:
      'Repeats its steps until a condition holds, and times the whole wait, pauses included, in a row of its own: the time to detection or healing. The row is not counted in the total. Needs attempts or timeout.',
    additionalProperties: false,
    required: ['poll'],
    properties: {
      poll: {
        type: ['string', 'boolean'],
        render: 'condition',
        description: 'The wait is over when this comparison holds; asked after each pass.',
        examples: ["${state} == 'completed'"],
      },
      failWhen: {
        type: ['string', 'boolean'],
        render: 'condition',
        description: 'The wait has failed when this comparison holds; asked after that of `poll`.',
        examples: ["${state} == 'failed'"],
      },
      interval: {
        type: 'string',
        unit: 'ms',
        default: '1s',
        description: 'Time from the end of a pass to the start of the next.',
        examples: ['2s'],
      },
      attempts: {
        type: 'integer',
        minimum: 1,
        description: 'Passes after which the wait is given up.',
        examples: [10],
      },
      timeout: {
        type: 'string',
        unit: 'ms',
        description:
          'Time after which the wait is given up. No pass begins later; the last one begins at this time at the latest.',
        examples: ['30s', '5m'],
      },
      onTimeout: {
        enum: ['continue', 'startNextLoop', 'stopThread', 'stopTest', 'stopTestNow'],
        literal: true,
        default: 'continue',
        description: 'What the user does when the wait was given up or has failed.',
        examples: ['startNextLoop'],
      },
    },
  },
  label: () => 'poll',
  check: ({ attempts, timeout }) =>
    attempts === undefined && timeout === undefined
      ? 'a wait must have an end: write attempts: 10, or timeout: 30s, or both, beside poll:'
      : null,
  build(site: ControllerSite<Poll>) {
    return (user) => waitFor(user, site);
  },
});

interface Poll {
  readonly poll: boolean;
  readonly failWhen?: boolean;
  readonly interval: number;
  readonly attempts?: number;
  readonly timeout?: number;
  readonly onTimeout: 'continue' | 'startNextLoop' | 'stopThread' | 'stopTest' | 'stopTestNow';
}

/** One wait of one user. */
interface Wait {
  readonly startEpochMs: number;
  readonly dueEpochMs: number;
  readonly sums: OpenTransaction;
  attempts: number;
  /** Why it failed; empty when the condition held. Null: it is not over. */
  outcome: string | null;
  whenFailed: Poll['onTimeout'];
}

async function waitFor(user: ElementUser, site: ControllerSite<Poll>): Promise<Flow> {
  const wait: Wait = {
    startEpochMs: user.nowEpochMs(),
    dueEpochMs: user.dueEpochMs,
    sums: noSums(),
    attempts: 0,
    outcome: null,
    whenFailed: 'continue',
  };
  const name = site.label(user);
  user.transactions.push(wait.sums);
  let flow: Flow;
  try {
    const steps = attempt(wait, site.steps, site.config);
    flow = await passes(user, { name, steps, more: () => wait.outcome === null });
  } finally {
    user.transactions.splice(user.transactions.indexOf(wait.sums), 1);
  }
  const isCut = wait.outcome === null && user.cutShort;
  wait.outcome ??= isCut ? '' : `left in attempt ${wait.attempts + 1}`;
  report(user, wait, { label: name, tags: site.tags, kind: isCut ? 'cut' : 'transaction' });
  if (flow !== 'next' || wait.outcome === '') return flow;
  return wayOn(user, wait.whenFailed, `"${name}": ${wait.outcome}`);
}

/** One pass, the questions after it, and the pause before the next. */
function attempt(wait: Wait, steps: Run, config: Config<Poll>): Run {
  return async (user) => {
    const flow = await steps(user);
    if (flow !== 'next' && flow !== 'nextIteration') return flow;
    wait.attempts += 1;
    const asked = config.render(user);
    wait.whenFailed = asked.onTimeout;
    wait.outcome = outcomeOf(user, wait, asked);
    if (wait.outcome !== null) return 'next';
    const leftMs = (asked.timeout ?? Infinity) - (user.nowEpochMs() - wait.startEpochMs);
    const pauseMs = Math.min(asked.interval, leftMs);
    const isCut = pauseMs > 0 && (await sleepFor(user, pauseMs)) !== 'slept';
    return isCut ? 'stopThread' : 'next';
  };
}

function outcomeOf(user: ElementUser, wait: Wait, asked: Poll): string | null {
  if (asked.poll) return '';
  if (asked.failWhen === true) return `failWhen held ${soFar(wait)}`;
  const isOver =
    wait.attempts >= (asked.attempts ?? Infinity) ||
    user.nowEpochMs() - wait.startEpochMs >= (asked.timeout ?? Infinity);
  return isOver ? `the condition did not hold ${soFar(wait)}` : null;
}

/** Without times, so that the same failure is counted as one; the row has them. */
function soFar({ attempts }: Wait): string {
  return `after ${attempts} attempt${attempts === 1 ? '' : 's'}`;
}

function report(
  user: ElementUser,
  wait: Wait,
  row: {
    readonly label: string;
    readonly tags: Readonly<Record<string, string>>;
    readonly kind: 'transaction' | 'cut';
  },
): void {
  const { dueEpochMs, startEpochMs, sums } = wait;
  const ok = wait.outcome === '';
  const own = {
    ...row,
    dueEpochMs,
    startEpochMs,
    elapsedMs: Math.max(0, user.nowEpochMs() - startEpochMs),
    idleMs: 0,
    ok,
    code: ok && row.kind !== 'cut' ? '200' : '',
    failure: wait.outcome ?? '',
  };
  const sample = transactionRow(user, own, sums);
  user.deliver(sample);
  if (ok) return;
  for (const outer of user.transactions) outer.failed += 1;
  user.noteFailure(sample);
}

function wayOn(user: ElementUser, onTimeout: Poll['onTimeout'], reason: string): Flow {
  switch (onTimeout) {
    case 'continue':
      return 'next';
    case 'startNextLoop':
      return 'nextLoop';
    case 'stopTest':
    case 'stopTestNow':
      user.stopTest(onTimeout === 'stopTest' ? 'soon' : 'now', reason);
      return 'stopThread';
    case 'stopThread':
      return 'stopThread';
  }
}
