import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunResult } from '../engine/model/run-result.ts';
import { machine } from './machine.ts';
import { numberOptions } from './options.ts';
import { rssKib } from './process-usage.ts';
import { runPlan } from './run-plan.ts';
import { startServer } from './server.ts';
import { slope } from './statistics.ts';

/**
 * Whether memory grows with the number of samples: the RSS of a run of `hot-path.yaml` over ten million of them.
 *
 * The slope is that of the straight line through all readings after the first fifth of the samples.
 */
const { samples, users, every } = numberOptions({ samples: 10_000_000, users: 20, every: 5 });

const server = await startServer();
const run = await runPlan('hot-path.yaml', { properties: { origin: server.origin, users, duration: '24h' } });
try {
  console.log(`${machine()}\nserver: ${server.description}; ${users} users\n`);
  const startMs = performance.now();
  const readings: { readonly x: number; readonly y: number }[] = [];
  for (let done = 0; done < samples;) {
    await sleep(every * 1000);
    if (run.child.exitCode !== null) throw new Error(`the run ended early:\n${run.output()}`);
    done = await server.requests();
    const kib = rssKib(run.pid);
    readings.push({ x: done, y: kib });
    const perSecond = (1000 * done) / (performance.now() - startMs);
    const leftSeconds = Math.max(0, samples - done) / perSecond;
    console.log(
      `${(done / 1e6).toFixed(2)} million samples, ${(kib / 1024).toFixed(1)} MiB; ${leftSeconds.toFixed(0)} s left`,
    );
  }
  const settled = readings.filter(({ x }) => x > samples / 5);
  const mib = settled.map(({ y }) => y / 1024);
  const kibPerMillion = slope(settled.map(({ x, y }) => ({ x: x / 1e6, y })));
  run.child.kill('SIGINT');
  await run.ended();
  const { total } = JSON.parse(await readFile(await run.resultFile('run.json'), 'utf8')) as RunResult;
  console.log(
    `\nafter the first fifth: ${Math.min(...mib).toFixed(1)} to ${Math.max(...mib).toFixed(1)} MiB, ` +
      `slope ${kibPerMillion.toFixed(0)} KiB per million samples\n` +
      `run.json: ${total.count} samples, ${total.errors} errors; the server answered ${await server.requests()}`,
  );
} finally {
  await run.discard();
  await server.stop();
}
