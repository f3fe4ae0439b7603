import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../engine/api/package.ts';
import type { RunResult } from '../engine/model/run-result.ts';

export interface PlanProcess {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly startedEpochMs: number;
  /** When it first wrote something; null while it has not. */
  firstOutputEpochMs(): number | null;
  output(): string;
  /** The file in the results folder, once the process has ended. */
  readonly resultFile: (name: string) => Promise<string>;
  /** Resolves when the process has ended, with its exit code. */
  ended(): Promise<number | null>;
  /** The same, with its result; rejects if it ended other than by passing. */
  result(): Promise<RunResult>;
  /** Ends the process if it still runs, and removes its results. */
  discard(): Promise<void>;
}

export interface PlanProcessOptions {
  readonly properties?: Readonly<Record<string, string | number>>;
  readonly workers?: number;
  /** Options for Node itself. */
  readonly node?: readonly string[];
}

/** Runs a plan of `bench/plans` as a user would, in a process of its own, with its results in a temporary folder. */
export async function runPlan(plan: string, options: PlanProcessOptions = {}): Promise<PlanProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'loadplan-bench-results-'));
  const properties = Object.entries(options.properties ?? {}).map(([name, value]) => `-J${name}=${value}`);
  const startedEpochMs = performance.timeOrigin + performance.now();
  const child = spawn(
    process.execPath,
    [
      ...(options.node ?? []),
      join(packageRoot, 'dist/cli/main.js'),
      'run',
      join(packageRoot, 'bench/plans', plan),
      ...['--results', folder, '--workers', String(options.workers ?? 1), '--grace', '2s'],
      ...properties,
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  let firstOutputEpochMs: number | null = null;
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      firstOutputEpochMs ??= performance.timeOrigin + performance.now();
      output += chunk.toString();
    });
  }
  const ended = once(child, 'close');
  const resultFile = async (name: string) => join(folder, (await readdir(folder))[0] ?? '', name);
  return {
    child,
    pid: child.pid ?? 0,
    startedEpochMs,
    firstOutputEpochMs: () => firstOutputEpochMs,
    output: () => output,
    resultFile,
    async ended() {
      await ended;
      return child.exitCode;
    },
    async result() {
      await ended;
      if (child.exitCode !== 0)
        throw new Error(`the run of ${plan} ended with ${child.exitCode}:\n${output}`);
      return JSON.parse(await readFile(await resultFile('run.json'), 'utf8')) as RunResult;
    },
    async discard() {
      if (child.exitCode === null) child.kill('SIGKILL');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
