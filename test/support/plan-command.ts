import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunResult } from '../../engine/model/run-result.ts';

const root = join(import.meta.dirname, '..', '..');
export const command = join(root, 'dist', 'cli', 'main.js');

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** From the start of the process to its end. */
  readonly tookMs: number;
}

/** The built command at work, in a folder of its own that goes when the test is done. */
export class Workshop {
  readonly folder = mkdtempSync(join(tmpdir(), 'loadplan-e2e-'));
  readonly #running = new Set<ChildProcess>();

  write(name: string, text: string): string {
    writeFileSync(join(this.folder, name), text);
    return name;
  }

  read(name: string): string {
    return readFileSync(join(this.folder, name), 'utf8');
  }

  /** Starts `plan …`; what it says is collected. */
  start(
    args: readonly string[],
    env: Record<string, string> = {},
  ): { child: ChildProcess; said: () => string; ended: Promise<Ended> } {
    const startedAt = performance.now();
    const child = spawn(process.execPath, [command, ...args], {
      cwd: this.folder,
      env: { PATH: process.env['PATH'], ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#running.add(child);
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const ended = once(child, 'close').then(([code]) => {
      this.#running.delete(child);
      return { code: code as number | null, stdout, stderr, tookMs: performance.now() - startedAt };
    });
    return { child, said: () => stdout + stderr, ended };
  }

  async plan(...args: string[]): Promise<Ended> {
    return this.start(args).ended;
  }

  /** The only results folder there is. */
  results(): string {
    const [only, ...more] = readdirSync(join(this.folder, 'results'));
    if (!only || more.length > 0)
      throw new Error(`expected one results folder, found ${more.length + (only ? 1 : 0)}`);
    return join('results', only);
  }

  runJson(): RunResult {
    return JSON.parse(this.read(join(this.results(), 'run.json'))) as RunResult;
  }

  jtl(file = join(this.results(), 'samples.jtl')): string[] {
    return this.read(file).trimEnd().split('\n');
  }

  clean(): void {
    for (const child of this.#running) child.kill('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Resolves when something is true; fails after a while. */
export async function eventually(check: () => boolean, what: string, limitMs = 15_000): Promise<void> {
  const endMs = performance.now() + limitMs;
  while (!check()) {
    if (performance.now() > endMs) throw new Error(`never happened: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
