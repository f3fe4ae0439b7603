import type { Position } from '../model/errors.ts';
import type { PlanGroup } from '../model/plan.ts';
import { type Compilation } from './compilation.ts';
import { loadReader } from './load-reader.ts';

/**
 * The plan's `threads` divided among the groups that have a `share`: whole users whose sum is the plan's, each group
 * within one of its exact part. Users left over by rounding down go to the largest remainders. `chosen` replaces the
 * plan's `threads`.
 */
export function sharedThreads(compilation: Compilation, chosen?: number): ReadonlyMap<PlanGroup, number> {
  const { plan } = compilation;
  const parts = plan.threadGroups.flatMap((group) => {
    const read = loadReader(group, compilation);
    if (!read.isWritten('share')) return [];
    const at = compilation.locate(group.config, 'share') ?? group.at;
    if (read.isWritten('threads')) {
      compilation.problem(`the group "${group.name}" has threads and a share. Keep one`, at);
    }
    return [{ group, at, percent: read.number('share') ?? 0 }];
  });
  const [first] = parts;
  if (!first) return new Map();
  const total = chosen ?? totalThreads(compilation, first.at);
  const sum = parts.reduce((all, { percent }) => all + percent, 0);
  if (compilation.complete && Math.abs(sum - 100) > 1e-6) {
    compilation.problem(`the shares of the groups add up to ${Number(sum.toFixed(6))}, not to 100`, first.at);
  }
  const counts = wholeParts(
    parts.map(({ percent }) => percent),
    total,
  );
  return new Map(parts.map(({ group }, index) => [group, counts[index] ?? 0]));
}

function totalThreads(compilation: Compilation, at: Position): number {
  const read = loadReader({ config: compilation.plan.config, at }, compilation);
  if (!read.isWritten('threads')) {
    compilation.problem(
      "a group has a share of the plan's threads, but the plan says none: add threads: 100",
      at,
    );
  }
  return read.number('threads') ?? 0;
}

function wholeParts(percents: readonly number[], total: number): number[] {
  // Rounded to a billionth, so that 0.1 + 0.2 of something leaves no crumbs.
  const exact = percents.map((percent) => Math.round(percent * total * 1e7) / 1e9);
  const counts = exact.map(Math.floor);
  const left = total - counts.reduce((sum, count) => sum + count, 0);
  const byRemainder = exact
    .map((part, index) => ({ index, remainder: part - Math.floor(part) }))
    .sort((a, b) => b.remainder - a.remainder);
  for (const { index } of byRemainder.slice(0, Math.max(0, left))) counts[index] = (counts[index] ?? 0) + 1;
  return counts;
}
