import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { UserError } from '../engine/model/errors.ts';
import { isJsonObject } from './json.ts';
import { settingsOf } from './options.ts';
import type { StartOptions } from './options.ts';
import { sandboxVariables } from './variables.ts';

export interface SandboxProcess {
  /** `http://127.0.0.1:41234`. */
  readonly url: string;
  /** Variables of the plan: see `variables.ts`. */
  readonly variables: Readonly<Record<string, string>>;
  readonly pid: number;
  /** Calls back, with a sentence, when it ends although nobody stopped it; at once if it has. */
  onLost(tell: (how: string) => void): void;
  /** Ends the process; resolves when it is gone. May be called again. */
  stop(): Promise<void>;
}

const startLimitMs = 10_000;
const stopLimitMs = 2000;
const keptErrorChars = 4000;

/**
 * Starts the embedded pipeline in a process of its own, so that it does not take the generator's time.
 *
 * It does not keep this process alive, and ends when this process does. A UserError tells why it could
 * not start.
 */
export async function startSandboxProcess(options: StartOptions = {}): Promise<SandboxProcess> {
  const entry = entryPath();
  const settings = JSON.stringify(settingsOf(options));
  const child = fork(entry, [settings], { execArgv: [], stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  const errors = lastErrors(child);
  const url = await firstMessage(child, errors);
  release(child);
  const pid = child.pid ?? 0;
  let stopped = false;
  // Its last words come before `close`.
  const lost = new Promise<string>((resolve) => {
    child.once('close', (code, signal) => {
      if (!stopped) resolve(lostText(signal ?? `exit code ${code ?? 0}`, errors()));
    });
  });
  return {
    url,
    variables: sandboxVariables(url, pid),
    pid,
    onLost: (tell) => void lost.then(tell),
    stop: () => {
      stopped = true;
      return stop(child);
    },
  };
}

/** What is asked of it from then on fails, and is not to be blamed on what is tested. */
function lostText(how: string, lastWords: string): string {
  const [last = ''] = lastWords
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-1);
  return `the sandbox ended during the run (${how}): what was asked of it afterwards failed${last === '' ? '' : `. It said: ${last.trim().slice(0, 200)}`}`;
}

/** The built entry: a process cannot be forked from TypeScript sources. */
function entryPath(): string {
  const isSource = import.meta.url.endsWith('.ts');
  const path = fileURLToPath(
    new URL(isSource ? '../dist/sandbox/process.js' : './process.js', import.meta.url),
  );
  if (!existsSync(path))
    throw new UserError(`The sandbox is not built: there is no ${path}. Run npm run build.`);
  return path;
}

/** The end of what the child writes to its standard error. */
function lastErrors(child: ChildProcess): () => string {
  let text = '';
  child.stderr?.setEncoding('utf8').on('data', (more: string) => {
    text = (text + more).slice(-keptErrorChars);
  });
  return () => text.trim();
}

async function firstMessage(child: ChildProcess, errors: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      reject(new UserError(`The sandbox did not start: ${why}.${errors() ? `\n${errors()}` : ''}`));
    };
    const timer = setTimeout(() => fail(`nothing heard of it for ${startLimitMs / 1000}s`), startLimitMs);
    child.once('error', (problem) => fail(problem.message));
    child.once('close', (code, signal) => fail(`it ended with ${signal ?? `exit code ${code ?? 0}`}`));
    child.once('message', (message: unknown) => {
      clearTimeout(timer);
      child.removeAllListeners('close');
      const { url, refused } = isJsonObject(message) ? message : {};
      if (typeof url === 'string') resolve(url);
      else if (typeof refused === 'string') fail(refused);
      else fail('its first message was not its URL');
    });
  });
}

/** From now on this process may end without waiting for the child. */
function release(child: ChildProcess): void {
  child.unref();
  child.channel?.unref();
  if (child.stderr instanceof Socket) child.stderr.unref();
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.ref();
  const gone = once(child, 'exit');
  const timer = setTimeout(() => child.kill('SIGKILL'), stopLimitMs);
  if (child.connected) child.disconnect();
  await gone;
  clearTimeout(timer);
}
