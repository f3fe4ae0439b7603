import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { machine } from './machine.ts';
import { numberOptions } from './options.ts';
import { cpuUs } from './process-usage.ts';
import { runPlan, type PlanProcess } from './run-plan.ts';
import { startServer, type BenchServer } from './server.ts';
import { median, medianAndRange } from './statistics.ts';

/**
 * CPU per request of the engine, as a ratio to a bare undici loop with as many connections, taken in turns.
 *
 * CPU is user and system time of all threads of the client's process; requests are what the server answered. Both are
 * read twice while the load runs, so that neither start nor end is in it. After each run of the engine its own count
 * must equal the server's.
 */
const { rounds, seconds, warmup, users } = numberOptions({ rounds: 5, seconds: 4, warmup: 2, users: 20 });

interface Subject {
  readonly name: string;
  /** Of the plan; null: the bare loop. */
  readonly plan: string | null;
}

const subjects: readonly Subject[] = [
  { name: 'bare undici loop', plan: null },
  { name: 'engine: template, label, tag, thresholds, JTL', plan: 'hot-path.yaml' },
  { name: 'engine: the same without JTL', plan: 'hot-path-no-jtl.yaml' },
  { name: 'engine: the same and an extractor, two assertions', plan: 'hot-path-checked.yaml' },
];

interface Reading {
  readonly cpuUsPerRequest: number;
  readonly requestsPerSecond: number;
}

const runMs = (warmup + seconds) * 1000 + 500;

async function measured(server: BenchServer, pid: number): Promise<Reading> {
  await sleep(warmup * 1000);
  const before = { us: cpuUs(pid), requests: await server.requests(), atMs: performance.now() };
  await sleep(seconds * 1000);
  const after = { us: cpuUs(pid), requests: await server.requests(), atMs: performance.now() };
  const requests = after.requests - before.requests;
  return {
    cpuUsPerRequest: (after.us - before.us) / requests,
    requestsPerSecond: (1000 * requests) / (after.atMs - before.atMs),
  };
}

async function measureBareLoop(server: BenchServer): Promise<Reading> {
  const script = fileURLToPath(new URL('bare-loop.js', import.meta.url));
  const child: ChildProcess = spawn(process.execPath, [script, server.origin, String(users), String(runMs)], {
    stdio: 'inherit',
  });
  const reading = await measured(server, child.pid ?? 0);
  await once(child, 'exit');
  return reading;
}

async function measureEngine(server: BenchServer, plan: string): Promise<Reading> {
  const before = await server.requests();
  const process = await runPlan(plan, {
    properties: { origin: server.origin, users, duration: `${runMs}ms` },
  });
  try {
    while ((await server.requests()) === before && process.child.exitCode === null) await sleep(20);
    if (process.child.exitCode !== null) throw new Error(`no run of ${plan}:\n${process.output()}`);
    const reading = await measured(server, process.pid);
    await checkCount(process, server, before);
    return reading;
  } finally {
    await process.discard();
  }
}

async function checkCount(process: PlanProcess, server: BenchServer, before: number): Promise<void> {
  const { total } = await process.result();
  const answered = (await server.requests()) - before;
  if (total.count !== answered || total.errors > 0) {
    throw new Error(
      `run.json has ${total.count} samples, ${total.errors} errors; the server answered ${answered}`,
    );
  }
}

const server = await startServer();
try {
  console.log(
    `${machine()}\nserver: ${server.description}; ${users} connections; ${rounds} rounds of ${seconds} s`,
  );
  const readings = subjects.map((): Reading[] => []);
  for (let round = 1; round <= rounds; round++) {
    for (const [index, { plan }] of subjects.entries()) {
      readings[index]!.push(await (plan === null ? measureBareLoop(server) : measureEngine(server, plan)));
    }
    const row = readings.map((all) => `${all.at(-1)!.cpuUsPerRequest.toFixed(2)} µs`);
    console.log(`round ${round}: ${row.join(' | ')}`);
  }
  console.log('\n| | CPU per request, µs | ratio | requests/s |\n|---|---|---|---|');
  const bare = readings[0]!;
  for (const [index, { name }] of subjects.entries()) {
    const own = readings[index]!;
    const cpu = medianAndRange(
      own.map(({ cpuUsPerRequest }) => cpuUsPerRequest),
      2,
    );
    const ratios = own.map(({ cpuUsPerRequest }, round) => cpuUsPerRequest / bare[round]!.cpuUsPerRequest);
    const rate = median(own.map(({ requestsPerSecond }) => requestsPerSecond)).toFixed(0);
    console.log(`| ${name} | ${cpu} | ${medianAndRange(ratios, 2)} | ${rate} |`);
  }
} finally {
  await server.stop();
}
