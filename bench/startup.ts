import { messageOf } from '../engine/model/errors.ts';
import { writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { machine } from './machine.ts';
import { numberOptions } from './options.ts';
import { runPlan } from './run-plan.ts';
import { startServer } from './server.ts';
import { medianAndRange } from './statistics.ts';

/**
 * Time from `plan run` to its first line and to the first request.
 *
 * Without the sandbox the request's time is the server's (its log, whole milliseconds); with it, the `timeStamp` of the
 * JTL's first line. `cold` empties the system's file cache before each start, which takes root.
 */
const { rounds } = numberOptions({ rounds: 7 });

interface Start {
  readonly firstLineMs: number;
  readonly firstRequestMs: number;
}

async function start(): Promise<Start> {
  const server = await startServer();
  try {
    return await started('one-request.yaml', server.origin, server.firstRequestEpochMs);
  } finally {
    await server.stop();
  }
}

async function started(
  plan: string,
  origin: string | null,
  firstRequest: (() => Promise<number | null>) | null,
): Promise<Start> {
  const run = await runPlan(plan, { properties: origin === null ? {} : { origin } });
  try {
    if ((await run.ended()) !== 0) throw new Error(`the run of ${plan} failed:\n${run.output()}`);
    const requestEpochMs =
      (await firstRequest?.()) ?? Number((await jtlLine(run.resultFile)).split(',', 1)[0]);
    return {
      firstLineMs: (run.firstOutputEpochMs() ?? NaN) - run.startedEpochMs,
      firstRequestMs: requestEpochMs - run.startedEpochMs,
    };
  } finally {
    await run.discard();
  }
}

async function jtlLine(resultFile: (name: string) => Promise<string>): Promise<string> {
  const [, first = ''] = (await readFile(await resultFile('samples.jtl'), 'utf8')).split('\n', 2);
  return first;
}

function emptyFileCache(): void {
  writeFileSync('/proc/sys/vm/drop_caches', '3');
}

async function report(name: string, act: () => Promise<Start>): Promise<void> {
  const starts: Start[] = [];
  for (let round = 0; round < rounds; round++) starts.push(await act());
  const lines = medianAndRange(
    starts.map(({ firstLineMs }) => firstLineMs),
    0,
  );
  const requests = medianAndRange(
    starts.map(({ firstRequestMs }) => firstRequestMs),
    0,
  );
  console.log(`| ${name} | ${lines} | ${requests} |`);
}

console.log(`${machine()}\n\n| | first line, ms | first request, ms |\n|---|---|---|`);
await report('files in the cache', start);
try {
  emptyFileCache();
  await report('cold', () => {
    emptyFileCache();
    return start();
  });
} catch (error) {
  console.log(`| cold | left out: ${messageOf(error)} | |`);
}
await report('with the sandbox', () => started('sandbox-start.yaml', null, null));
