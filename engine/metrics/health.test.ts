import { describe, expect, it } from 'vitest';
import { quietMachine, type MachineHealth } from '../model/health.ts';
import type { HealthWindow } from '../model/metrics.ts';
import { HealthTotals } from './health.ts';
import { healthy, histogramOf, windowOf } from './test-support/samples.ts';

const load = { startEpochMs: 0, endEpochMs: 10_000 };

/** One worker for ten seconds. */
function verdictOf(health: Partial<HealthWindow>, machine: Partial<MachineHealth> = {}, samples = 400) {
  const totals = new HealthTotals();
  totals.add(windowOf([], { fromEpochMs: 0, toEpochMs: 10_000, health: { ...healthy, ...health } }));
  return totals.verdict({ samples, load, machine: { ...quietMachine, ...machine } });
}

/** A window with one stall of so many milliseconds. */
function stall(ms: number): Partial<HealthWindow> {
  return { stalls: 1, stalledMs: ms, longestStallMs: ms, stallSpans: [[1000, 1000 + ms]] };
}

const late = (ms: number) => ({ lateness: histogramOf([ms, ms]).toWindow() });

describe('HealthTotals', () => {
  it.each<[string, Partial<HealthWindow>, Partial<MachineHealth>, string, string[]]>([
    ['nothing happened', {}, {}, 'ok', []],
    ['one short stall', stall(60), {}, 'ok', []],
    ['a stall of 2 % of the load', stall(200), {}, 'ok', []],
    ['a stall of 3 %', stall(300), {}, 'strained', ['stalls']],
    ['a stall of more than a tenth', stall(1100), {}, 'invalid', ['stalls']],
    ['a process frozen for 8 of 10 s', stall(8000), { longestStallMs: 8000 }, 'invalid', ['stalls']],
    [
      'only the main thread stood still',
      {},
      { longestStallMs: 3000, stalledMs: 3000 },
      'strained',
      ['mainStalls'],
    ],
    [
      'only the main thread, most of the time',
      {},
      { longestStallMs: 6000, stalledMs: 6000 },
      'invalid',
      ['mainStalls'],
    ],
    ['a few samples are tainted', { ...stall(150), taintedSamples: 20 }, {}, 'ok', []],
    ['more than 5 % are tainted', { ...stall(150), taintedSamples: 21 }, {}, 'strained', ['tainted']],
    ['many are tainted by one short stall', { ...stall(60), taintedSamples: 356 }, {}, 'ok', []],
    ['89 % are tainted', { stalls: 9, stalledMs: 900, taintedSamples: 356 }, {}, 'invalid', ['tainted']],
    ['lateness has its p99 at 100 ms', late(100), {}, 'ok', []],
    ['lateness has its p99 above 100 ms', late(120), {}, 'strained', ['lateness']],
    ['lateness has its p99 above 1 s', late(1500), {}, 'invalid', ['lateness']],
    ['results were waited for a moment', { heldBackMs: 90 }, {}, 'ok', []],
    ['results were waited for 2 %', { heldBackMs: 200 }, {}, 'strained', ['heldBack']],
    ['results were waited for 30 %', { heldBackMs: 3000 }, {}, 'invalid', ['heldBack']],
    ['a worker was busy 80 % of the time', { utilisation: 0.8 }, {}, 'ok', []],
    ['a worker was busy more than that', { utilisation: 0.85 }, {}, 'strained', ['busy']],
    ['a worker was busy all the time', { utilisation: 1 }, {}, 'strained', ['busy']],
    ['one sample found no port', { local: { 'local.ports_exhausted': 1 } }, {}, 'strained', ['local']],
    ['half found no file', { local: { 'local.fd_exhausted': 200 } }, {}, 'invalid', ['local']],
    ['a thread waited 15 % for a CPU', { cpuWaitMs: 1500 }, {}, 'ok', []],
    ['a thread waited 25 % for a CPU', { cpuWaitMs: 2500 }, {}, 'strained', ['cpuWait']],
    ['a thread waited 60 % for a CPU', { cpuWaitMs: 6000 }, {}, 'invalid', ['cpuWait']],
    ['the quota was spent for 10 %', {}, { throttledMs: 1000 }, 'strained', ['cpuQuota']],
    ['the quota was spent for 80 %', {}, { throttledMs: 8000 }, 'invalid', ['cpuQuota']],
    ['a heap is nearly full', { heapRatio: 0.96 }, {}, 'strained', ['memory']],
    ['the memory is nearly full', {}, { memoryRatio: 0.97 }, 'strained', ['memory']],
    ['the machine slept', {}, { suspendedMs: 1000 }, 'strained', ['suspended']],
    ['the machine slept long', {}, { suspendedMs: 60_000 }, 'invalid', ['suspended']],
    ['the wall clock was adjusted', {}, { clockStepMs: -300 }, 'ok', []],
    ['the wall clock was put back', {}, { clockStepMs: -3_600_000 }, 'strained', ['clock']],
    ['nobody read for a while', {}, { unread: { longestMs: 4000, leftOut: 0 } }, 'ok', []],
    ['nobody read', {}, { unread: { longestMs: 9000, leftOut: 7 } }, 'strained', ['output']],
  ])('%s', (_case, health, machine, verdict, kinds) => {
    const found = verdictOf(health, machine);
    expect(found).toMatchObject({
      verdict,
      ok: verdict === 'ok',
      warnings: found.reasons.map(({ text }) => text),
    });
    expect(found.reasons.map(({ kind }) => kind)).toEqual(kinds);
  });

  it('says it in sentences, the gravest first', () => {
    const { warnings } = verdictOf(
      { ...late(120), ...stall(8000), local: { 'local.fd_exhausted': 3 }, taintedSamples: 21 },
      { unread: { longestMs: 9000, leftOut: 7 } },
    );
    expect(warnings).toEqual([
      'the load generator stood still once, for 80.0 % of the load, at the longest 8s: rates and times of the run hold these pauses',
      '21 of 400 samples (5.3 %) are tainted: more than a tenth of their time the load generator stood still',
      'samples started late: 1 in 100 more than 120ms after it was due, the worst 120ms',
      '3 of 400 samples (0.8 %) failed on this machine, not at the server: 3 times no more files may be opened: raise ulimit -n, or use fewer connections',
      'the output was not read for 9s; 7 lines were left out; the load did not wait for it',
    ]);
  });

  it('counts what several workers do at the same time once, and only within the load', () => {
    const totals = new HealthTotals();
    const add = (worker: number, stallSpans: [number, number][]) =>
      totals.add(
        windowOf([], { worker, fromEpochMs: 0, toEpochMs: 1000, health: { ...healthy, stallSpans } }),
      );
    add(0, [
      [-5000, -1000],
      [2000, 3000],
    ]);
    add(1, [
      [2500, 3500],
      [9500, 20_000],
    ]);
    const { stalledRatio, longestStallMs, spans } = totals.verdict({ samples: 10, load });
    expect(stalledRatio).toBeCloseTo(0.2);
    expect(longestStallMs).toBe(1000);
    expect(spans.map(({ worker, fromEpochMs }) => [worker, fromEpochMs])).toEqual([
      [0, -5000],
      [0, 2000],
      [1, 2500],
      [1, 9500],
    ]);
  });

  it('takes the mean of each worker apart and passes over windows too short to tell', () => {
    const totals = new HealthTotals();
    const at = (worker: number, lengthMs: number, utilisation: number) =>
      totals.add(
        windowOf([], { worker, fromEpochMs: 0, toEpochMs: lengthMs, health: { ...healthy, utilisation } }),
      );
    at(0, 1000, 0.2);
    at(0, 1000, 0.6);
    at(1, 1000, 0.1);
    at(1, 20, 1);
    const { utilisationMean, utilisationMax, ok } = totals.verdict({ samples: 10, load });
    expect(utilisationMean).toBeCloseTo(0.4);
    expect(utilisationMax).toBe(0.6);
    expect(ok).toBe(true);
  });

  it('lets the first seconds be busy, and not the rest', () => {
    const busyRatioOf = (busy: number, calm: number) => {
      const totals = new HealthTotals();
      for (let n = 0; n < busy + calm; n++)
        totals.add(windowOf([], { health: { ...healthy, utilisation: n < busy ? 0.95 : 0.1 } }));
      return totals.verdict({ samples: 10, load }).busyRatio;
    };
    expect([busyRatioOf(2, 1), busyRatioOf(3, 27)]).toEqual([0, 0.1]);
  });
});
