import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, existsSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { command } from '../support/plan-command.ts';
import { target, workshop } from '../support/workshop-and-target.ts';

/** Says about 100 KB a second: a pipe holds 64 KB, a terminal 4. */
const talkative = () =>
  `name: Talkative
defaults: { http: { baseUrl: "${target.url}" } }
threadGroups:
  - { name: G, threads: 3, duration: 3s, steps: [{ get: /a, after: [{ log: "${'long '.repeat(1900)}", level: WARN }] }, { pause: 20ms }] }
`;

/** Gives the terminal of a child's standard output to nobody, as Ctrl-S does, and prints the child's exit code. */
const onTerminal = `
import os, pty, sys
pid, terminal = pty.fork()
if pid == 0: os.execv(sys.argv[1], sys.argv[1:])
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
`;

async function ended(child: ChildProcess): Promise<number | null> {
  const limit = setTimeout(() => child.kill('SIGKILL'), 60_000);
  await once(child, 'close');
  clearTimeout(limit);
  return child.exitCode;
}

describe('a reader of the output who does not read', () => {
  it('of a pipe: the load goes on to its end, and the process ends', { timeout: 90_000 }, async () => {
    workshop.write('x.yaml', talkative());
    const fifo = join(workshop.folder, 'fifo');
    spawnSync('mkfifo', [fifo]);
    const pipe = openSync(fifo, constants.O_RDWR);
    const child = spawn(process.execPath, [command, 'run', 'x.yaml'], {
      cwd: workshop.folder,
      stdio: ['ignore', pipe, pipe],
    });
    const code = await ended(child);
    closeSync(pipe);
    expect(code).toBe(0);
    const { total, users } = workshop.runJson();
    expect(total).toMatchObject({ count: target.requests.length, errors: 0 });
    expect(users).toMatchObject({ started: 3, finished: 3 });
  });

  it.skipIf(!existsSync('/usr/bin/python3'))('of a terminal: the same', { timeout: 90_000 }, async () => {
    workshop.write('x.yaml', talkative());
    workshop.write('terminal.py', onTerminal);
    const args = ['terminal.py', process.execPath, command, 'run', 'x.yaml'];
    const child = spawn('/usr/bin/python3', args, {
      cwd: workshop.folder,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    await ended(child);
    expect(said.trim()).toBe('0');
    expect(workshop.runJson().total.count).toBe(target.requests.length);
  });
});
