import type { HealthFigures, HealthReason, HealthVerdict } from '../model/health.ts';
import { formatMs } from '../model/units.ts';
import { both, graded, graver, limits, type Grade } from './health-limits.ts';

type Rule = (figures: HealthFigures) => { readonly grade: Grade; readonly text: string };

const rules: readonly (readonly [HealthReason['kind'], Rule])[] = [
  ['stalls', stalls],
  ['mainStalls', mainStalls],
  ['tainted', tainted],
  ['lateness', lateness],
  ['heldBack', heldBack],
  ['busy', busy],
  ['local', local],
  ['cpuWait', cpuWait],
  ['cpuQuota', cpuQuota],
  ['memory', memory],
  ['suspended', suspended],
  ['clock', clock],
  ['output', output],
];

/** Everything that is wrong, the gravest first. */
export function healthReasons(figures: HealthFigures): HealthReason[] {
  const found = rules.flatMap(([kind, rule]) => {
    const { grade, text } = rule(figures);
    return grade === 0 ? [] : [{ kind, verdict: grade === 2 ? 'invalid' : 'strained', text } as const];
  });
  return found.sort((a, b) => Number(b.verdict === 'invalid') - Number(a.verdict === 'invalid'));
}

export function worst(reasons: readonly HealthReason[]): HealthVerdict {
  if (reasons.some(({ verdict }) => verdict === 'invalid')) return 'invalid';
  return reasons.length > 0 ? 'strained' : 'ok';
}

function stalls(f: HealthFigures): ReturnType<Rule> {
  const stalledMs = f.stalledRatio * f.loadMs;
  const share = both(graded(f.stalledRatio, limits.stalledRatio), graded(stalledMs, limits.stalledMs));
  return {
    grade: graver(share, graded(f.longestStallMs, limits.longestStallMs)),
    text:
      `the load generator stood still ${times(f.stalls)}, for ${percent(f.stalledRatio)} of the load, ` +
      `at the longest ${formatMs(f.longestStallMs)}: rates and times of the run hold these pauses`,
  };
}

function mainStalls(f: HealthFigures): ReturnType<Rule> {
  const ratio = graded(share(f.mainStalledMs, f.loadMs), limits.mainStalledRatio);
  const grade = graver(
    both(ratio, graded(f.mainStalledMs, limits.mainStalledMs)),
    graded(f.mainLongestStallMs, limits.mainLongestStallMs),
  );
  return {
    // A process that stood still as a whole is told of once.
    grade: f.longestStallMs >= 0.9 * f.mainLongestStallMs ? 0 : grade,
    text:
      `the main thread stood still for ${formatMs(f.mainStalledMs)}, at the longest ` +
      `${formatMs(f.mainLongestStallMs)}: groups may have started and ended late`,
  };
}

function tainted(f: HealthFigures): ReturnType<Rule> {
  const ratio = share(f.taintedSamples, f.samples);
  return {
    grade: both(graded(ratio, limits.taintedRatio), graded(f.stalledMs, limits.taintedStalledMs)),
    text:
      `${f.taintedSamples} of ${f.samples} samples (${percent(ratio)}) are tainted: ` +
      `more than a tenth of their time the load generator stood still`,
  };
}

function lateness(f: HealthFigures): ReturnType<Rule> {
  return {
    grade: graded(f.latenessP99Ms, limits.latenessP99Ms),
    text:
      `samples started late: 1 in 100 more than ${formatMs(f.latenessP99Ms)} after it was due, ` +
      `the worst ${formatMs(f.latenessMaxMs)}`,
  };
}

function heldBack(f: HealthFigures): ReturnType<Rule> {
  const ratio = graded(share(f.heldBackMs, f.loadMs), limits.heldBackRatio);
  return {
    grade: both(ratio, graded(f.heldBackMs, limits.heldBackMs)),
    text: `users waited ${formatMs(f.heldBackMs)} of ${formatMs(f.loadMs)} because results could not be taken as fast as they came`,
  };
}

function busy(f: HealthFigures): ReturnType<Rule> {
  return {
    grade: graver(graded(f.utilisationMean, limits.utilisationMean), graded(f.busyRatio, limits.busyRatio)),
    text:
      `a worker was busy ${percent(f.utilisationMax)} of the time in its busiest second and ` +
      `${percent(f.utilisationMean)} on average: its times may be too long; use more workers or less load`,
  };
}

/** What to do where something of this machine has run out. */
const remedies: Readonly<Record<string, string>> = {
  'local.fd_exhausted': 'no more files may be opened: raise ulimit -n, or use fewer connections',
  'local.ports_exhausted':
    'no local port is left: use fewer connections, keep them alive, or widen net.ipv4.ip_local_port_range',
  'local.memory_exhausted': 'the system has no memory left for another connection or process',
  'local.source_address': 'this machine does not have the sourceAddress',
};

function local(f: HealthFigures): ReturnType<Rule> {
  const causes = Object.entries(f.local);
  const count = causes.reduce((sum, [, one]) => sum + one, 0);
  const why = causes.map(([cause, one]) => `${one} times ${remedies[cause] ?? cause}`).join('; ');
  const ratio = share(count, f.samples);
  return {
    grade: count === 0 ? 0 : graver(1, graded(ratio, limits.localRatio)),
    text: `${count} of ${f.samples} samples (${percent(ratio)}) failed on this machine, not at the server: ${why}`,
  };
}

function cpuWait(f: HealthFigures): ReturnType<Rule> {
  return {
    grade: both(graded(f.cpuWaitRatio, limits.cpuWaitRatio), graded(f.cpuWaitMs, limits.cpuWaitMs)),
    text:
      `a worker was ready to run and had no CPU for ${formatMs(f.cpuWaitMs)}, ${percent(f.cpuWaitRatio)} of its time: ` +
      'other work takes the CPUs of this machine, or the quota is too small',
  };
}

function cpuQuota(f: HealthFigures): ReturnType<Rule> {
  const ratio = share(f.throttledMs, f.loadMs);
  return {
    grade: both(graded(ratio, limits.throttledRatio), graded(f.throttledMs, limits.throttledMs)),
    text: `the CPU quota of this container was spent for ${formatMs(f.throttledMs)}: raise it, or use less load`,
  };
}

function memory(f: HealthFigures): ReturnType<Rule> {
  return {
    grade: graded(f.memoryRatio, limits.memoryRatio),
    text: `memory was ${percent(f.memoryRatio)} full: close to its limit everything becomes slow, and the process may be ended`,
  };
}

function suspended(f: HealthFigures): ReturnType<Rule> {
  return {
    grade: graded(f.suspendedMs, limits.suspendedMs),
    text: `the machine slept for ${formatMs(f.suspendedMs)} during the run; its clock left that time out`,
  };
}

function clock(f: HealthFigures): ReturnType<Rule> {
  const way = f.clockStepMs < 0 ? 'back' : 'on';
  return {
    grade: graded(Math.abs(f.clockStepMs), limits.clockStepMs),
    text:
      `the wall clock was put ${way} by ${formatMs(Math.abs(f.clockStepMs))} during the run: its times go on from ` +
      'the clock at the start, so they differ from those of other logs',
  };
}

function output({ unread: { longestMs, leftOut } }: HealthFigures): ReturnType<Rule> {
  const lines = leftOut === 0 ? '' : `; ${leftOut} lines were left out`;
  return {
    grade: graver(leftOut > 0 ? 1 : 0, graded(longestMs, limits.unreadMs)),
    text: `the output was not read for ${formatMs(longestMs)}${lines}; the load did not wait for it`,
  };
}

function share(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}

function percent(ratio: number): string {
  return `${(ratio * 100).toFixed(1)} %`;
}
