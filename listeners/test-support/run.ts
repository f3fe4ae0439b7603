import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { evaluateThreshold } from '../../engine/metrics/evaluate-threshold.ts';
import { mergeWindows } from '../../engine/metrics/merge-windows.ts';
import { parseThreshold } from '../../engine/metrics/parse-threshold.ts';
import { summarise } from '../../engine/metrics/summary.ts';
import { sampleOf, windowOf, spansOf } from '../../engine/metrics/test-support/samples.ts';
import { Totals } from '../../engine/metrics/totals.ts';
import type { Listener, ListenerEnvironment, ListenerKind, RunInfo } from '../../engine/model/listener.ts';
import type { RunResult } from '../../engine/model/run-result.ts';
import type { Sample } from '../../engine/model/sample.ts';

export const startEpochMs = 1_763_822_100_000;

/** A folder that goes when the test is done. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'loadplan-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface Said extends ListenerEnvironment {
  readonly lines: string[];
}

export function environmentOf(changes: Partial<ListenerEnvironment> = {}): Said {
  const lines: string[] = [];
  return {
    folder: temporaryFolder(),
    jtl: null,
    say: (line) => lines.push(line),
    colours: false,
    columns: 100,
    summaryIntervalMs: 30_000,
    redact: (text) => text.replaceAll('s3cret', '***'),
    ...changes,
    lines,
  };
}

export function runInfoOf(folder: string): RunInfo {
  return {
    plan: 'Healing API under load',
    planFile: 'plans/healing.yaml',
    environment: null,
    startEpochMs,
    users: 2,
    workers: 1,
    expectedDurationMs: 10_000,
    folder,
  };
}

/** Ten seconds of two users: a hundred samples with hops, a transaction every second, and a hostile label. */
export function tenSeconds(): Sample[] {
  return Array.from({ length: 100 }, (_, i): Sample[] => {
    const at = { startEpochMs: startEpochMs + i * 100, threadName: `Users 1-${(i % 2) + 1}` };
    if (i % 10 === 9) {
      const sum = { kind: 'transaction' as const, label: 'Fix', code: '', url: null, dataType: '' as const };
      const message = 'Number of samples in transaction : 2, number of failing samples : 0';
      return [
        sampleOf({ ...at, elapsedMs: 90 }),
        sampleOf({ ...at, ...sum, message, elapsedMs: 180, idleMs: 20 }),
      ];
    }
    if (i % 10 === 0) {
      const login = { ...at, label: 'Log in', tags: { endpoint: 'auth' }, elapsedMs: 150 + i };
      return [
        sampleOf(login),
        sampleOf({ ...login, kind: 'sub', label: 'Log in-0', code: '302', elapsedMs: 50 }),
        sampleOf({
          ...login,
          kind: 'sub',
          label: 'Log in-1',
          startEpochMs: at.startEpochMs + 50,
          elapsedMs: 100 + i,
        }),
      ];
    }
    const failed = { ok: false, code: '503', message: 'Service Unavailable', failure: 'no\n"items"' };
    const label = i === 55 ? 'GET \x1b[31m/issues, "quoted"' : 'GET /issues';
    return [
      sampleOf({
        ...at,
        label,
        tags: { endpoint: 'issues' },
        elapsedMs: 10 + i,
        ...(i % 33 === 1 ? failed : {}),
      }),
    ];
  }).flat();
}

/** The result of a run of these samples, as the engine would make it. */
export async function resultOf(
  samples: readonly Sample[],
  thresholds: readonly string[] = [],
): Promise<RunResult> {
  const totals = new Totals();
  totals.addWindow(windowOf(samples, { toEpochMs: startEpochMs + 10_000 }));
  const spans = spansOf(10_000);
  const verdicts = thresholds.map((text) => {
    const parsed = parseThreshold(text, { file: 'plans/healing.yaml', line: 1, column: 1 });
    if (!parsed.ok) throw new Error(parsed.problem.message);
    return evaluateThreshold(parsed.threshold, totals, spans);
  });
  const failed = verdicts.filter(({ passed }) => !passed);
  const summary = await summarise(totals, spans);
  return {
    format: 1,
    loadplanVersion: '0.1.0',
    nodeVersion: 'v20.20.2',
    plan: 'Healing API under load',
    planFile: 'plans/healing.yaml',
    environment: null,
    properties: { password: 's3cret "quoted"' },
    seed: 1,
    workers: 1,
    startEpochMs,
    endEpochMs: startEpochMs + 10_000,
    verdict: {
      passed: failed.length === 0,
      ending: failed.length === 0 ? 'passed' : 'failed',
      exitCode: failed.length === 0 ? 0 : 99,
      reasons: failed.map(({ text }) => `the threshold ${text} was not kept`),
    },
    thresholds: verdicts,
    ...summary,
    users: { planned: 2, started: 2, finished: 2 },
    health: totals.health.verdict({
      samples: summary.total.count,
      load: { startEpochMs, endEpochMs: startEpochMs + 10_000 },
    }),
  };
}

/** Plays a run to a listener, the samples in batches of seven and the windows second by second. */
export async function play(
  kind: ListenerKind,
  environment: ListenerEnvironment,
  samples: readonly Sample[],
  result: RunResult,
): Promise<Listener> {
  const listener = kind.create({}, environment);
  await listener.start?.(runInfoOf(environment.folder));
  for (let i = 0; i < samples.length; i += 7) await listener.samples?.(samples.slice(i, i + 7));
  for (let second = 0; second < 10; second++) {
    const fromEpochMs = startEpochMs + second * 1000;
    const toEpochMs = fromEpochMs + 1000;
    const ended = samples.filter(
      (sample) => sample.startEpochMs >= fromEpochMs && sample.startEpochMs < toEpochMs,
    );
    await listener.window?.(mergeWindows([windowOf(ended, { fromEpochMs, toEpochMs })]));
  }
  await listener.end?.(result);
  return listener;
}
