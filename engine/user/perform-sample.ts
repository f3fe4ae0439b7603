import { assertions, extractors } from '../elements/index.ts';
import type { Answer, ElementUser, Flow, Run } from '../elements/element.ts';
import { listed, statusMatcher } from '../elements/status.ts';
import type { CompiledSampler, OnError } from '../model/compiled-plan.ts';
import type { Outcome, Sample } from '../model/sample.ts';
import type { OpenSampler } from '../model/sampler.ts';
import { configRenderer, renderer } from '../template/render.ts';
import type { RenderScope } from '../template/scope.ts';
import { LazyAnswer } from './answer.ts';
import type { GroupRun } from './group-run.ts';
import { failedOutcome, measure, type Measured } from './measure.ts';
import { User } from './user.ts';

type Check = (answer: Answer, user: RenderScope) => string | null;

/** A sampler step with everything in its scope, as closures: built once per worker, used by every user. */
interface SamplePackage {
  readonly step: CompiledSampler;
  readonly sampler: OpenSampler;
  readonly label: (user: RenderScope) => string;
  readonly config: (user: RenderScope) => unknown;
  readonly expect: ((code: string) => boolean) | null;
  readonly extract: readonly ((answer: Answer, user: RenderScope) => void)[];
  readonly checks: readonly Check[];
}

/**
 * One sample in JMeter's order (`JMeterThread.executeSamplePackage`): configuration, sampler, post-processors,
 * assertions, listeners; then what the group says of failures. Outer scope comes first.
 */
export function samplerRun(step: CompiledSampler, group: GroupRun): Run {
  const sampler = group.world.samplers.get(step.sampler);
  if (!sampler) throw new Error(`the sampler ${step.sampler} is not open`);
  const parts: SamplePackage = {
    step,
    sampler,
    label: renderer(step.label),
    config: configRenderer(step.config),
    expect: step.expect ? statusMatcher(step.expect) : null,
    extract: step.extractors.map(({ kind, variable, config }) => {
      const element = extractors.get(kind);
      if (!element) throw new Error(`unknown extractor ${kind}`);
      return element.build(variable, { render: configRenderer(config) });
    }),
    checks: step.assertions.map(({ kind, config }) => {
      const element = assertions.get(kind);
      if (!element) throw new Error(`unknown assertion ${kind}`);
      return element.build({ render: configRenderer(config) });
    }),
  };
  return (user) => performSample(own(user), parts, group);
}

/** The user behind what controllers see: they only ever pass on the one they were given. */
function own(user: ElementUser): User {
  if (user instanceof User) return user;
  throw new TypeError('a step was given a user that is not of this engine');
}

async function performSample(user: User, parts: SamplePackage, group: GroupRun): Promise<Flow> {
  const { world } = group;
  const room = world.room();
  if (room) await room;
  if (group.stoppedNow) return 'stopThread';
  user.waits += 1;
  const measured = await operate(user, parts, group);
  const dueEpochMs = Math.min(user.dueEpochMs, measured.startEpochMs);
  const failure = judge(user, parts, measured);
  const sample = sampleOf(user, parts, measured, { dueEpochMs, failure });
  user.lastOk = sample.ok;
  user.dueEpochMs = measured.startEpochMs + measured.elapsedMs;
  user.record(sample);
  if (measured.parts.length > 0) recordParts(user, sample, measured);
  if (!sample.ok) return afterFailure(group.config.onError, sample, group);
  for (const name of parts.step.export) group.export(name, user.get(name));
  return user.dueEpochMs >= user.endEpochMs ? 'stopThread' : 'next';
}

/** Configuration that cannot be rendered is a failed sample that took no time. */
function operate(
  user: User,
  parts: SamplePackage,
  { world: { clock } }: GroupRun,
): Measured | Promise<Measured> {
  let config: unknown;
  try {
    config = parts.config(user);
  } catch (error) {
    const times = { startEpochMs: clock.nowEpochMs(), elapsedMs: 0, latencyMs: 0, connectMs: 0, parts: [] };
    return { outcome: failedOutcome(error), ...times };
  }
  return measure(parts.sampler, config, { clock, user, keep: parts.step });
}

/** Runs extractors and assertions; the reason why the sample failed, or null. All of them run, the first failure is told. */
function judge(
  user: User,
  { step, expect, extract, checks }: SamplePackage,
  { outcome, elapsedMs }: Measured,
): string | null {
  let failure = statusFailure(outcome, step, expect);
  if (extract.length === 0 && checks.length === 0) return failure;
  const answer = new LazyAnswer(outcome, elapsedMs);
  for (const run of [...extract, ...checks]) {
    const found = sentence(() => run(answer, user));
    failure ??= found;
  }
  return failure;
}

function sentence(run: () => unknown): string | null {
  try {
    const found = run();
    return typeof found === 'string' ? found : null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function statusFailure(
  outcome: Outcome,
  step: CompiledSampler,
  expect: SamplePackage['expect'],
): string | null {
  if (!expect || (!outcome.ok && outcome.failure)) return outcome.ok ? null : (outcome.failure ?? '');
  return expect(outcome.code) ? null : `expected status ${listed(step.expect ?? [])}, found ${outcome.code}`;
}

function sampleOf(
  user: User,
  { label, step }: SamplePackage,
  { outcome, startEpochMs, elapsedMs, latencyMs, connectMs }: Measured,
  { dueEpochMs, failure }: { readonly dueEpochMs: number; readonly failure: string | null },
): Sample {
  return {
    kind: 'sample',
    label: label(user),
    tags: step.tags,
    threadName: user.threadName,
    dueEpochMs,
    startEpochMs,
    elapsedMs,
    idleMs: 0,
    latencyMs,
    connectMs,
    ok: failure === null,
    code: outcome.code,
    message: outcome.message,
    failure: failure ?? '',
    dataType: outcome.dataType,
    bytesReceived: outcome.bytesReceived,
    bytesSent: outcome.bytesSent,
    url: outcome.url,
    groupThreads: user.groupThreads,
    allThreads: user.allThreads,
  };
}

/** `Log in-0`, `Log in-1` …: JMeter's names for the parts of a sample. */
function recordParts(user: User, whole: Sample, { parts }: Measured): void {
  parts.forEach(({ outcome, ...times }, index) => {
    user.record({
      ...whole,
      ...times,
      kind: 'sub',
      label: `${whole.label}-${index}`,
      dueEpochMs: times.startEpochMs,
      ok: outcome.ok,
      code: outcome.code,
      message: outcome.message,
      failure: outcome.failure ?? '',
      dataType: outcome.dataType,
      bytesReceived: outcome.bytesReceived,
      bytesSent: outcome.bytesSent,
      url: outcome.url,
    });
  });
}

function afterFailure(onError: OnError, sample: Sample, group: GroupRun): Flow {
  group.noteFailure(sample);
  switch (onError) {
    case 'continue':
      return 'next';
    case 'startNextLoop':
      return 'nextLoop';
    case 'stopThread':
      return 'stopThread';
    case 'stopTest':
    case 'stopTestNow':
      group.world.stopTest(
        onError === 'stopTest' ? 'graceful' : 'now',
        `${sample.threadName}: "${sample.label}" failed (${sample.failure || sample.code}) and onError is ${onError}`,
      );
      return 'stopThread';
  }
}
