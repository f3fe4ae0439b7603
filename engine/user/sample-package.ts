import type { Assertion, Processor } from '../elements/element.ts';
import { assertions, processors, timers } from '../elements/index.ts';
import { statusMatcher } from '../elements/status.ts';
import { sleepFor } from '../elements/waited.ts';
import { messageOf } from '../model/errors.ts';
import type { CompiledCheck, CompiledElement, CompiledSampler } from '../model/compiled-plan.ts';
import { maxSeries, otherLabels } from '../model/limits.ts';
import { checksMetric } from '../model/metric.ts';
import type { OpenSampler } from '../model/sampler.ts';
import { elementConfig } from '../template/element-config.ts';
import { labelRenderer } from '../template/label.ts';
import { configRenderer } from '../template/render.ts';
import { configHoldsSecret, toldConfigRenderer } from '../template/told-config.ts';
import type { Told } from '../template/told.ts';
import type { RenderScope } from '../template/scope.ts';
import type { LazyAnswer } from './answer.ts';
import type { StepContents } from './carry.ts';
import { assertionRun, safely } from './assertion-run.ts';
import { extractorRun } from './extractor-run.ts';
import type { GroupRun } from './group-run.ts';
import { marked } from './marked.ts';
import type { Trace } from './trace.ts';
import { tracedExtractor, tracedJudge, tracedPreparation } from './traced.ts';
import type { User } from './user.ts';
import type { Mark } from './world.ts';

/** JMeter's sample package as closures: one sampler with everything in its scope. Built once per worker. */
export interface SamplePackage {
  readonly step: CompiledSampler;
  /** Notes that a user is at work in the step itself. */
  readonly mark: Mark;
  readonly sampler: OpenSampler;
  readonly label: (user: RenderScope) => string;
  readonly config: (user: RenderScope) => unknown;
  /** The configuration in both forms, where a secret stands in it; null: nowhere. */
  readonly told: ((user: RenderScope) => Told<unknown>) | null;
  /** The tags of what the sampler measures: those of the step, and the label as `name`. Always the same for one label. */
  readonly namedTags: (label: string) => CompiledSampler['tags'];
  readonly expect: ((code: string) => boolean) | null;
  /** Pre-processors and timers; null when there are none. Gives why the sample cannot be taken. */
  readonly prepare: ((user: User) => Promise<Error | 'stopThread' | null>) | null;
  /** Post-processors and assertions; null when there are none. Gives the first failure, the given one before all. */
  readonly judge:
    | ((user: User, answer: LazyAnswer, failure: string | null) => string | null | Promise<string | null>)
    | null;
  /** What listeners ask of its requests and answers; null: nothing. */
  readonly contents: StepContents | null;
  /** Null: the run is not traced. */
  readonly trace: Trace | null;
}

export function samplePackage(
  step: CompiledSampler,
  { world, index }: Pick<GroupRun, 'world' | 'index'>,
): SamplePackage {
  const { samplers, carry, mask, trace } = world;
  const label = labelRenderer(step.label, mask);
  const markOf: MarkOf = (element) => world.mark(index, step, element);
  return {
    step,
    mark: world.mark(index, step),
    sampler: known(samplers, step.sampler),
    label,
    config: configRenderer(step.config),
    told: configHoldsSecret(step.config) ? toldConfigRenderer(step.config) : null,
    namedTags: namedTags(step),
    expect: step.expect ? statusMatcher(step.expect) : null,
    prepare: trace
      ? tracedPreparation(step, preparation({ ...step, timers: [] }, label, markOf), trace)
      : preparation(step, label, markOf),
    judge: judgement(step, label, { markOf, trace }),
    contents: carry?.contentsOf(step) ?? null,
    trace,
  };
}

function namedTags({ tags }: CompiledSampler): SamplePackage['namedTags'] {
  const byLabel = new Map<string, CompiledSampler['tags']>();
  return (label) => {
    const name = byLabel.size < maxSeries || byLabel.has(label) ? label : otherLabels;
    let named = byLabel.get(name);
    if (!named) byLabel.set(name, (named = { ...tags, name }));
    return named;
  };
}

/** What notes that a user is at work in an element of the step. */
type MarkOf = (element: CompiledElement) => Mark;

function preparation(
  step: CompiledSampler,
  label: SamplePackage['label'],
  markOf: MarkOf,
): SamplePackage['prepare'] {
  const before = step.before.map((one) => {
    const [run, mark] = [processor(one, step), markOf(one)];
    return (user: User) => {
      mark(user.threadNumber);
      return run(user, user.answer);
    };
  });
  const delays = step.timers.map((timer) =>
    marked(known(timers, timer.kind).build(elementConfig(timer.config), timer), markOf(timer)),
  );
  const named = asksForName(step);
  if (before.length === 0 && delays.length === 0 && !named) return null;
  return async (user) => {
    if (named) user.samplerName = label(user);
    try {
      for (const run of before) await run(user);
      let delayMs = 0;
      for (const delay of delays) delayMs += await delay(user);
      return delayMs > 0 && (await sleepFor(user, delayMs)) !== 'slept' ? 'stopThread' : null;
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  };
}

/** Whether something rendered for each sample asks for the sampler's name: only then is it kept at hand. */
function asksForName(step: CompiledSampler): boolean {
  const { config: written, before, timers: delays, after, assertions: judges, checks } = step;
  return /samplerName/.test(JSON.stringify([written, before, delays, after, judges, checks]));
}

function judgement(
  step: CompiledSampler,
  label: SamplePackage['label'],
  { markOf, trace }: { readonly markOf: MarkOf; readonly trace: Trace | null },
): SamplePackage['judge'] {
  const keepsAnswer = step.keepsAnswer ?? false;
  const extractor = (one: CompiledElement): JudgeRun =>
    trace ? tracedExtractor(one, extractorRun(one), trace) : extractorRun(one);
  const judge = (one: CompiledElement, run: JudgeRun): JudgeRun =>
    trace ? tracedJudge(one, run, trace) : run;
  const runs: JudgeRun[] = [
    ...step.extractors.map((one) => markedJudge(extractor(one), markOf(one))),
    ...step.after.map((one) => {
      const run = processor(one, step);
      return markedJudge((answer, user) => run(user, answer), markOf(one));
    }),
    ...step.assertions.map((one) =>
      markedJudge(judge(one, assertionRun(judgeOf(one), one, { label, fails: true })), markOf(one)),
    ),
    ...step.checks.map((one) =>
      markedJudge(checkRun(one, step.tags, { label, trace }), markOf(one.assertion)),
    ),
  ];
  if (runs.length === 0 && !keepsAnswer) return null;
  return (user, answer, failure) => {
    if (keepsAnswer) user.answer = answer;
    return judged(runs, { user, answer, first: failure });
  };
}

/** Runs one after the other; the first failure. A promise only from what waits for something. */
function judged(
  runs: readonly JudgeRun[],
  {
    user,
    answer,
    first,
  }: { readonly user: User; readonly answer: LazyAnswer; readonly first: string | null },
): string | null | Promise<string | null> {
  let failure = first;
  for (const [index, run] of runs.entries()) {
    const found = sentence(run, answer, user);
    if (found instanceof Promise) {
      return found.then((late) => judged(runs.slice(index + 1), { user, answer, first: failure ?? late }));
    }
    failure ??= found;
  }
  return failure;
}

type JudgeRun = (answer: LazyAnswer, user: User) => unknown;

/** The same, noted before it begins. */
function markedJudge(run: JudgeRun, mark: Mark): JudgeRun {
  return (answer, user) => {
    mark(user.threadNumber);
    return run(answer, user);
  };
}

/** Records whether the answer is as it should be; one that throws counts as failed. Never fails the sample. */
function checkRun(
  { name, assertion }: CompiledCheck,
  stepTags: CompiledSampler['tags'],
  { label, trace }: Pick<SamplePackage, 'label' | 'trace'>,
): (answer: LazyAnswer, user: User) => null {
  const own = assertionRun(judgeOf(assertion), assertion, { label, fails: false });
  const judge = trace ? tracedJudge(assertion, own, trace, name) : own;
  const tags = { ...stepTags, check: name };
  return (answer, user) => {
    const failure = safely(judge, answer, user);
    user.recordMetric(checksMetric.name, failure === null, tags, failure ?? undefined);
    return null;
  };
}

/** A failure as a sentence, or null; what an element throws is one. */
function sentence(
  run: (answer: LazyAnswer, user: User) => unknown,
  answer: LazyAnswer,
  user: User,
): string | null | Promise<string | null> {
  try {
    const found = run(answer, user);
    if (found instanceof Promise) return found.then(() => null, messageOf);
    return typeof found === 'string' ? found : null;
  } catch (error) {
    return messageOf(error);
  }
}

function judgeOf(element: CompiledElement): ReturnType<Assertion['build']> {
  const config = elementConfig(element.config);
  const judge = known(assertions, element.kind).build(config, element);
  const { mask } = config;
  if (mask === null) return judge;
  return (answer, user) => {
    const failure = heard(() => judge(answer, user), mask);
    return failure === null ? null : mask(failure);
  };
}

function processor(element: CompiledElement, { tags }: CompiledSampler): ReturnType<Processor['build']> {
  const config = elementConfig(element.config);
  const run = known(processors, element.kind).build(config, element, tags);
  const { mask } = config;
  if (mask === null) return run;
  return (user, answer) => {
    const given = heard(() => run(user, answer), mask);
    if (!(given instanceof Promise)) return given;
    return given.catch((error: unknown) => {
      throw maskedError(error, mask);
    });
  };
}

/** What is thrown quotes no secret. */
function heard<T>(run: () => T, mask: (text: string) => string): T {
  try {
    return run();
  } catch (error) {
    throw maskedError(error, mask);
  }
}

function maskedError(error: unknown, mask: (text: string) => string): Error {
  return new Error(mask(messageOf(error)));
}

function known<T>(kinds: ReadonlyMap<string, T>, kind: string): T {
  const found = kinds.get(kind);
  if (found === undefined) throw new Error(`unknown kind ${kind}`);
  return found;
}
