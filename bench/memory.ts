import { setTimeout as sleep } from 'node:timers/promises';
import { machine } from './machine.ts';
import { numberOptions } from './options.ts';
import { rssKib } from './process-usage.ts';
import { runPlan } from './run-plan.ts';
import { startServer, type BenchServer } from './server.ts';

/**
 * Memory of the engine per idle user, and a run with as many users at work.
 *
 * An idle user has made one request, keeps its connection and waits. The baseline is a run with one user; both are read
 * once every user has been answered and three seconds have passed.
 */
const { users, seconds, workers } = numberOptions({ users: 10_000, seconds: 40, workers: 1 });

async function rssOfIdleUsersKib(server: BenchServer, count: number): Promise<number> {
  const before = await server.requests();
  const run = await runPlan('idle-users.yaml', {
    properties: { origin: server.origin, users: count, ramp_up: `${Math.ceil(count / 1000)}s` },
    workers,
  });
  try {
    while ((await server.requests()) - before < count) {
      if (run.child.exitCode !== null) throw new Error(`the run ended early:\n${run.output()}`);
      await sleep(100);
    }
    await sleep(3000);
    return rssKib(run.pid);
  } finally {
    await run.discard();
  }
}

async function usersAtWork(server: BenchServer): Promise<void> {
  const before = await server.requests();
  const run = await runPlan('many-users.yaml', {
    properties: { origin: server.origin, users, ramp_up: '10s', duration: `${seconds}s` },
    workers,
  });
  try {
    let highestKib = 0;
    while (run.child.exitCode === null) {
      try {
        highestKib = Math.max(highestKib, rssKib(run.pid) || 0);
      } catch {
        // It has ended since.
      }
      await sleep(500);
    }
    const { total, health, users: counts } = await run.result();
    const answered = (await server.requests()) - before;
    console.log(`
${users} users at work for ${seconds} s, ramp-up of 10 s included:
  users started: ${counts.started}; samples: ${total.count}, the server answered ${answered}; errors: ${total.errors}
  elapsed: median ${total.medianMs} ms, p99 ${total.p99Ms} ms; ${total.perSecond.toFixed(0)} samples/s
  lateness: p99 ${health.latenessP99Ms.toFixed(2)} ms, longest ${health.latenessMaxMs.toFixed(2)} ms; stalls: ${health.stalls}
  memory at most: ${(highestKib / 1024).toFixed(0)} MiB
  health: ${health.ok ? 'ok' : health.warnings.join(' ')}`);
  } finally {
    await run.discard();
  }
}

const server = await startServer();
try {
  console.log(`${machine()}\nserver: ${server.description}; workers: ${workers}\n`);
  const baseKib = await rssOfIdleUsersKib(server, 1);
  console.log(`1 user: ${(baseKib / 1024).toFixed(0)} MiB`);
  for (const count of [Math.ceil(users / 5), users]) {
    const kib = await rssOfIdleUsersKib(server, count);
    const eachKib = ((kib - baseKib) / (count - 1)).toFixed(1);
    console.log(`${count} idle users: ${(kib / 1024).toFixed(0)} MiB, ${eachKib} KiB each`);
  }
  await usersAtWork(server);
} finally {
  await server.stop();
}
