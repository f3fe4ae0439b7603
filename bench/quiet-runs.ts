import type { RunResult } from '../engine/model/run-result.ts';
import { machine } from './machine.ts';
import { numberOptions } from './options.ts';
import { runPlan } from './run-plan.ts';
import { startServer, type BenchServer } from './server.ts';

/**
 * How often the health verdict flags a quiet machine that does a tenth of what it can: it must be never.
 *
 * On a machine that others use, the verdict is right to flag runs: what it says of them is printed.
 */
const { runs, seconds, rate } = numberOptions({ runs: 50, seconds: 5, rate: 4000 });

async function quietRun(server: BenchServer): Promise<RunResult> {
  const run = await runPlan('quiet.yaml', {
    properties: { origin: server.origin, rate, duration: `${seconds}s` },
  });
  try {
    return await run.result();
  } finally {
    await run.discard();
  }
}

const server = await startServer();
try {
  console.log(`${machine()}\nserver: ${server.description}; ${rate} requests a second for ${seconds} s\n`);
  const verdicts = { ok: 0, strained: 0, invalid: 0 };
  for (let n = 1; n <= runs; n++) {
    const { health, total } = await quietRun(server);
    verdicts[health.verdict] += 1;
    const words = health.reasons.map(({ text }) => `\n    ${text}`).join('');
    console.log(`${n} of ${runs}: ${health.verdict}, ${total.count} samples${words}`);
  }
  console.log(`\n${verdicts.ok} ok, ${verdicts.strained} strained, ${verdicts.invalid} invalid`);
} finally {
  await server.stop();
}
