import { defineController, type ElementUser, type Flow, type Run } from '../element.ts';
import { farther } from '../farther.ts';
import { statusMatcher } from '../status.ts';

/**
 * `on:` beside a sampler: steps by what became of the sample.
 *
 * At most one branch by the code, the most exact that matches (`404` before `40x` before `4xx`), then `ok` or
 * `failed`, which judge the sample with its assertions. They run before what the group says of failures: with `onError:
 * stopThread` the user ends behind them. Without a sample (the user's time was up) none runs.
 */
export const on = defineController({
  kind: 'on',
  example: `- get: /users/unknown
  expect: [200, 404]
  on:
    404: [{ set: { found: 'no' } }]
    2xx: [{ set: { found: 'yes' } }]
    failed: [{ action: nextLoop }]
- get: /echo?found=\${found}
`,
  children: 'branches',
  whole: true,
  schema: {
    type: 'object',
    additionalProperties: false,
    required: ['outcome'],
    properties: { outcome: { type: 'string', literal: true } },
  },
  build({ steps, branches }) {
    let ways: Ways | undefined;
    return async (user) => {
      const before = user.samples;
      const flow = await steps(user);
      const { lastCode, lastOk } = user;
      if (user.samples === before || (flow !== 'next' && lastOk)) return flow;
      ways ??= waysOf(
        branches.map(({ config, steps: run }) => ({ outcome: config.render(user).outcome, run })),
      );
      const coded = ways.byCode.find(({ matches }) => matches(lastCode))?.run;
      return farther(flow, await inTurn(user, [coded, lastOk ? ways.ok : ways.failed]));
    };
  },
});

interface Ways {
  readonly byCode: readonly { readonly matches: (code: string) => boolean; readonly run: Run }[];
  readonly ok: Run | undefined;
  readonly failed: Run | undefined;
}

function waysOf(branches: readonly { readonly outcome: string; readonly run: Run }[]): Ways {
  const named = (name: string) => branches.find(({ outcome }) => outcome === name)?.run;
  const byCode = branches
    .filter(({ outcome }) => outcome !== 'ok' && outcome !== 'failed')
    .sort((a, b) => vagueness(a.outcome) - vagueness(b.outcome))
    .map(({ outcome, run }) => ({ matches: statusMatcher([outcome]), run }));
  return { byCode, ok: named('ok'), failed: named('failed') };
}

/** How many digits a code leaves open. */
function vagueness(code: string): number {
  return code.replaceAll(/[^x]/gi, '').length;
}

async function inTurn(user: ElementUser, runs: readonly (Run | undefined)[]): Promise<Flow> {
  for (const run of runs) {
    const flow = (await run?.(user)) ?? 'next';
    if (flow !== 'next') return flow;
  }
  return 'next';
}
