import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { startSandboxProcess } from './child.ts';

const dist = fileURLToPath(new URL('../dist/sandbox/', import.meta.url));
const isBuilt = existsSync(`${dist}process.js`) && existsSync(`${dist}child.js`);
if (!isBuilt)
  console.warn(`The tests of the sandbox's process are skipped: there is no ${dist}. Run npm run build.`);

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

async function untilGone(pid: number): Promise<boolean> {
  const deadlineMs = performance.now() + 5000;
  while (isAlive(pid) && performance.now() < deadlineMs) await new Promise((next) => setTimeout(next, 20));
  return !isAlive(pid);
}

describe.runIf(isBuilt)('the process of the sandbox', () => {
  it('answers until it is stopped, and then is gone', async () => {
    const sandbox = await startSandboxProcess({ seed: 3 });
    expect(sandbox.variables).toMatchObject({
      'sandbox.api': `${sandbox.url}/api`,
      'sandbox.bigquery': sandbox.url,
      'sandbox.pid': String(sandbox.pid),
    });
    const reply = await fetch(`${sandbox.url}/api/health`);
    expect(await reply.json()).toEqual({ status: 'healthy' });
    await sandbox.stop();
    await sandbox.stop();
    expect(isAlive(sandbox.pid)).toBe(false);
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'leaves %s of the group to its parent',
    async (signal) => {
      const sandbox = await startSandboxProcess();
      process.kill(sandbox.pid, signal);
      const reply = await fetch(`${sandbox.url}/api/health`);
      await reply.text();
      expect(reply.status).toBe(200);
      await sandbox.stop();
    },
  );

  it('that cannot start says why', async () => {
    const first = await startSandboxProcess();
    const port = Number(new URL(first.url).port);
    await expect(startSandboxProcess({ port })).rejects.toThrow(/did not start: port \d+/);
    await first.stop();
  });

  it('neither keeps its parent alive nor outlives it', async () => {
    const script = `
      import { startSandboxProcess } from ${JSON.stringify(`${dist}child.js`)};
      console.log((await startSandboxProcess()).pid);`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    parent.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
    const [code] = (await once(parent, 'close')) as [number];
    expect(code).toBe(0);
    expect(Number(said)).toBeGreaterThan(0);
    expect(await untilGone(Number(said))).toBe(true);
  });
});
