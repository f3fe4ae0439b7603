import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { machine } from './machine.ts';
import { numberOptions } from './options.ts';
import { areaOf, selfTimes, type CallFrame, type CpuProfile, type Stretch } from './self-times.ts';
import { runPlan } from './run-plan.ts';
import { startServer } from './server.ts';

/**
 * Where the time goes: a CPU profile of every thread of a run of `hot-path.yaml`, summed up by area and by function, in
 * microseconds per request. Profiling itself costs some; compare shares, not sums.
 */
const { seconds, users, functions } = numberOptions({ seconds: 8, users: 20, functions: 40 });
const warmupMs = 3000;

/** The last `seconds` of the run, on the clock of V8's profiles (the machine's steady clock), and their requests. */
async function stretchAtLoad(): Promise<Stretch & { readonly requests: number }> {
  await sleep(warmupMs);
  const [fromUs, before] = [Number(process.hrtime.bigint()) / 1000, await server.requests()];
  await sleep(seconds * 1000);
  const [toUs, after] = [Number(process.hrtime.bigint()) / 1000, await server.requests()];
  return { fromUs, toUs, requests: after - before };
}

function nameOf({ functionName, url, lineNumber }: CallFrame): string {
  return `${functionName || '(anonymous)'} ${url.split('/').slice(-3).join('/')}:${lineNumber + 1}`;
}

const server = await startServer();
const folder = await mkdtemp(join(tmpdir(), 'loadplan-bench-profile-'));
const run = await runPlan('hot-path.yaml', {
  properties: { origin: server.origin, users, duration: `${warmupMs + seconds * 1000}ms` },
  node: ['--cpu-prof', `--cpu-prof-dir=${folder}`],
});
try {
  console.log(`${machine()}\nserver: ${server.description}; ${users} users, ${seconds} s`);
  const atLoad = await stretchAtLoad();
  await run.ended();
  const areas = new Map<string, number>();
  const hot: { readonly name: string; readonly us: number }[] = [];
  for (const file of await readdir(folder)) {
    const profile = JSON.parse(await readFile(join(folder, file), 'utf8')) as CpuProfile;
    for (const [area, us] of selfTimes(profile, atLoad, areaOf)) areas.set(area, (areas.get(area) ?? 0) + us);
    for (const [name, us] of selfTimes(profile, atLoad, nameOf)) hot.push({ name, us });
  }
  const busyUs = [...areas].reduce((sum, [area, us]) => sum + (area === 'idle' ? 0 : us), 0);
  console.log(`${atLoad.requests} requests\n\n| area | µs per request | share |\n|---|---|---|`);
  for (const [area, us] of [...areas].sort(([, a], [, b]) => b - a)) {
    if (area === 'idle') continue;
    console.log(`| ${area} | ${(us / atLoad.requests).toFixed(2)} | ${((100 * us) / busyUs).toFixed(1)} % |`);
  }
  console.log('');
  for (const { name, us } of hot.sort((a, b) => b.us - a.us).slice(0, functions)) {
    console.log(`${(us / atLoad.requests).toFixed(3)}  ${name}`);
  }
} finally {
  await run.discard();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}
