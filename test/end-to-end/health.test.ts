import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { command, eventually } from '../support/plan-command.ts';
import { target, workshop } from '../support/workshop-and-target.ts';

const plan = (changes: { threads?: number; duration?: string; more?: string } = {}) =>
  `name: Watched
defaults: { http: { baseUrl: "${target.url}" } }
threadGroups:
  - { name: G, threads: ${changes.threads ?? 3}, duration: ${changes.duration ?? '4s'}, steps: [{ get: /a }, { pause: 20ms }] }
${changes.more ?? ''}`;

/** The command with a limit of open files. */
async function withOpenFiles(limit: number, ...args: readonly string[]) {
  const child = spawn(
    'bash',
    ['-c', `ulimit -n ${limit}; exec "$@"`, 'bash', process.execPath, command, ...args],
    {
      cwd: workshop.folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const [code] = (await once(child, 'close')) as [number];
  return { code, stdout, stderr };
}

describe('the health of a run', () => {
  it.each([
    ['warn', 0],
    ['fail', 99],
  ])('a process that stood still most of the time: invalid, with --health %s exit %i', async (gate, code) => {
    workshop.write('x.yaml', plan());
    const { child, ended } = workshop.start(['run', 'x.yaml', '--health', gate]);
    await eventually(() => target.requests.length > 10, 'ten requests');
    child.kill('SIGSTOP');
    await sleep(2500);
    child.kill('SIGCONT');
    const { code: found, stdout } = await ended;
    const { health, verdict, total } = workshop.runJson();
    expect(health).toMatchObject({ verdict: 'invalid', ok: false });
    expect(health.reasons).toContainEqual(expect.objectContaining({ kind: 'stalls', verdict: 'invalid' }));
    expect(health.spans).toContainEqual(expect.objectContaining({ kind: 'stalls', worker: 0 }));
    expect(total.errors).toBe(0);
    expect(found).toBe(code);
    expect(verdict.reasons.some((reason) => reason.startsWith('the figures are not valid: '))).toBe(
      code === 99,
    );
    expect(stdout).toContain('The figures of this run are not valid');
  });

  it('more users than open files: said before the load, and the figures are not valid', async () => {
    workshop.write('x.yaml', plan({ threads: 400, duration: '1s', more: 'health: fail\n' }));
    const { code, stdout, stderr } = await withOpenFiles(256, 'run', 'x.yaml');
    expect(stderr).toMatch(/at least 400 connections.*ulimit -n.*256/);
    expect(workshop.runJson().health.local['local.fd_exhausted']).toBeGreaterThan(0);
    expect(stdout).toContain('raise ulimit -n');
    expect(code).toBe(99);
  });

  it('too few open files to start: a sentence and 104', async () => {
    workshop.write('x.yaml', plan());
    const { code, stdout, stderr } = await withOpenFiles(24, 'run', 'x.yaml');
    expect(stderr).toMatch(/^plan cannot start: .*only 24 files \(ulimit -n\).*ulimit -n 4096\n$/);
    expect([code, stdout]).toEqual([104, '']);
  });
});
