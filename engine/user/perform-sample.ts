import type { Flow, Run } from '../elements/element.ts';
import { listed } from '../elements/status.ts';
import type { CompiledSampler } from '../model/compiled-plan.ts';
import type { Outcome, Sample } from '../model/sample.ts';
import type { Told } from '../template/told.ts';
import { afterFailure } from './after-failure.ts';
import { LazyAnswer } from './answer.ts';
import { buildable, failedStep, givenWay, own } from './failed-step.ts';
import type { GroupRun } from './group-run.ts';
import { maskedMeasured } from './masked-outcome.ts';
import { failedOutcome, measure } from './measure.ts';
import type { Measured } from './measured.ts';
import { sampleOf } from './sample-of.ts';
import { samplePackage, type SamplePackage } from './sample-package.ts';
import type { User } from './user.ts';
import type { World } from './world.ts';

/**
 * One sample in JMeter's order (`JMeterThread.executeSamplePackage`): pre-processors, timers, configuration,
 * sampler, post-processors, assertions, listeners; then what the group says of failures. Outer scope comes first.
 */
export function samplerRun(step: CompiledSampler, group: GroupRun): Run {
  const build = (): Run => {
    const parts = samplePackage(step, group);
    return (user) => performSample(own(user), parts, group);
  };
  return buildable(build, step, group);
}

/** What is thrown outside the sampler, such as by a label, is caught here: a guard around it would cost a promise. */
async function performSample(user: User, parts: SamplePackage, group: GroupRun): Promise<Flow> {
  try {
    const room = group.world.room();
    if (room) await room;
    if (user.isOver()) return 'stopThread';
    user.waits += 1;
    parts.mark(user.threadNumber);
    const obstacle = parts.prepare ? await parts.prepare(user) : null;
    if (obstacle === 'stopThread') return obstacle;
    // The name that variables give it before it runs, as in JMeter: not what it extracts itself.
    const label = parts.label(user);
    const operated = operate(user, parts, { group, obstacle });
    const measured = operated instanceof Promise ? await operated : operated;
    parts.mark(user.threadNumber);
    if (measured === null) return await user.giveWay();
    const judged = judge(user, parts, { measured, label, world: group.world });
    const failure = judged instanceof Promise ? await judged : judged;
    parts.mark(user.threadNumber);
    const flow = taken(user, parts, { label, measured, failure }, group);
    return isLong(user, operated === measured, group) ? await givenWay(user, flow) : flow;
  } catch (error) {
    return failedStep(user, { place: parts.step, error }, group);
  }
}

/** How long users may go on without that timers have a turn. */
const longestTurnMs = 250;

/** Whether nothing was waited for, or nothing that let others have their turn for a while, such as answers of a cache. */
function isLong(user: User, isInstant: boolean, { world: { underWay } }: GroupRun): boolean {
  return isInstant || user.dueEpochMs - underWay.checkedEpochMs > longestTurnMs;
}

/** Records the sample; where the user goes from there. */
function taken(
  user: User,
  parts: SamplePackage,
  {
    label,
    measured,
    failure,
  }: { readonly label: string; readonly measured: Measured; readonly failure: string | null },
  group: GroupRun,
): Flow {
  recordAside(user, parts, measured, label);
  const dueEpochMs = Math.min(user.dueEpochMs + (measured.beforeMs ?? 0), measured.startEpochMs);
  const sample = sampleOf(user, parts.step, measured, { kind: 'sample', label, dueEpochMs, failure });
  user.lastOk = sample.ok;
  user.lastCode = sample.code;
  user.samples += 1;
  user.dueEpochMs =
    measured.startEpochMs + measured.elapsedMs + (measured.idleMs ?? 0) + (measured.afterMs ?? 0);
  const { contents, trace } = parts;
  user.record(contents ? withNotes(contents.withDetail(sample, measured.outcome), user, trace) : sample);
  if (measured.parts.length > 0) recordParts(user, sample, { measured, step: parts.step, contents });
  return sample.ok ? afterSuccess(user, parts, group) : afterFailure(user, sample, group);
}

/** What cannot be prepared, such as a configuration that cannot be rendered, is a failed sample that took no time. */
function operate(
  user: User,
  parts: SamplePackage,
  { group, obstacle }: { readonly group: GroupRun; readonly obstacle: Error | null },
): Measured | Promise<Measured | null> {
  const { clock } = group.world;
  let config: unknown;
  let told: Told<unknown> | undefined;
  parts.mark(user.threadNumber);
  try {
    if (obstacle) throw obstacle;
    told = parts.told?.(user);
    config = told ? told.value : parts.config(user);
  } catch (error) {
    const times = { startEpochMs: clock.nowEpochMs(), elapsedMs: 0, latencyMs: 0, connectMs: 0, parts: [] };
    return { outcome: failedOutcome(error), ...times };
  }
  const measured = measure(parts.sampler, config, {
    clock,
    user: user.handle,
    keep: parts.contents?.keep ?? parts.step,
    underWay: group.world.underWay,
    shown: told?.shown,
  });
  group.world.unmark();
  return told ? withoutSecretsIn(measured, told) : measured;
}

async function withoutSecretsIn(
  measured: Promise<Measured | null>,
  told: Told<unknown>,
): Promise<Measured | null> {
  const found = await measured;
  return found && maskedMeasured(found, told);
}

/** What a sampler told besides its outcome. */
function recordAside(
  user: User,
  parts: SamplePackage,
  { outcome: { metrics }, staleReuses }: Measured,
  label: string,
): void {
  if (staleReuses) user.countStaleReuses(label, staleReuses);
  if (metrics) recordMetrics(user, parts, label, metrics);
}

/** What a sampler measured besides times. A value that its own declaration does not allow is a defect, and told. */
function recordMetrics(
  user: User,
  { step, namedTags }: SamplePackage,
  label: string,
  metrics: NonNullable<Outcome['metrics']>,
): void {
  const tags = namedTags(label);
  for (const [name, values] of Object.entries(metrics)) {
    for (const value of typeof values === 'number' || values === null ? [values] : values) {
      const mistake = user.recordMetric(name, value, tags);
      if (mistake === null) continue;
      // It is there all the same: sums lack it.
      user.recordMetric(name, null, tags);
      user.problem(`${step.at}: ${step.sampler} measured ${name}: ${mistake}; it is not recorded`);
    }
  }
}

/**
 * Runs extractors, other post-processors and assertions; the reason why the sample failed, or null. All of them
 * run, the first failure is told.
 */
function judge(
  user: User,
  parts: SamplePackage,
  {
    measured: { outcome, elapsedMs, parts: answers },
    label,
    world,
  }: { readonly measured: Measured; readonly label: string; readonly world: World },
): string | null | Promise<string | null> {
  const failure = statusFailure(outcome, parts);
  if (!parts.judge) return failure;
  const answer = new LazyAnswer(outcome, elapsedMs, answers);
  const found = parts.judge(user, answer, failure);
  const { unknownCharset, misses } = answer;
  // Extractors are the first to run, and wait for nothing. Where the sample failed before, it has told enough.
  if (failure === null) for (const variable of misses) world.countMiss(label, variable);
  if (unknownCharset !== null)
    user.problem(
      `${parts.step.at}: the answer names the charset "${unknownCharset}", which is unknown; it is read as if it named none`,
    );
  return found;
}

function statusFailure(outcome: Outcome, { step, expect }: SamplePackage): string | null {
  const { ok, code, failure, explanation = '' } = outcome;
  if (!expect || (!ok && failure)) return ok ? null : (failure ?? explanation);
  if (expect(code)) return null;
  return `expected status ${listed(step.expect ?? [])}, found ${code}${explanation && `: ${explanation}`}`;
}

/** A sample that may carry its request and answer, with what the trace has noted of it. */
function withNotes(sample: Sample, user: User, trace: SamplePackage['trace']): Sample {
  const { detail } = sample;
  return trace && detail ? { ...sample, detail: { ...detail, notes: trace.take(user) } } : sample;
}

/** `Log in-0`, `Log in-1` …: JMeter's names for the parts of a sample; a part that has a name ends with that. */
function recordParts(
  user: User,
  whole: Sample,
  {
    measured: { parts },
    step,
    contents,
  }: Pick<SamplePackage, 'step' | 'contents'> & { readonly measured: Measured },
): void {
  parts.forEach(({ outcome, failure, name, ...times }, index) => {
    const isOk = outcome.ok && failure === undefined;
    const part = sampleOf(
      user,
      step,
      { outcome, ...times },
      {
        kind: 'sub',
        label: `${whole.label}-${name ?? index}`,
        dueEpochMs: times.startEpochMs,
        failure: isOk ? null : (outcome.failure ?? failure ?? ''),
      },
    );
    const detail = contents?.detailOfPart(outcome);
    user.record(detail ? { ...part, detail } : part);
  });
}

function afterSuccess(user: User, { step }: SamplePackage, group: GroupRun): Flow {
  for (const name of step.export) group.export(name, user.get(name));
  return 'next';
}
