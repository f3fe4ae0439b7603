import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type LateCheck, type PlanFile } from '../compile/compilation.ts';
import { compilePlan } from '../compile/compile-plan.ts';
import { axesOf } from '../compile/sweeps.ts';
import type { LoadChoice } from '../model/load-choice.ts';
import type { TagChoice } from '../compile/select-tags.ts';
import { loadKinds } from '../elements/load-kinds.ts';
import { loadPlan, type LoadRequest } from '../load/load-plan.ts';
import { withoutLimit } from '../metrics/ceilings.ts';
import { checkThreshold, narrowed } from '../metrics/check-threshold.ts';
import { pairsOf, parseThreshold, trendsOf } from '../metrics/parse-threshold.ts';
import type { CompiledPlan } from '../model/compiled-plan.ts';
import { problemLine, type Problem, messageOf } from '../model/errors.ts';
import { checksMetric } from '../model/metric.ts';
import type { Plan } from '../model/plan.ts';
import type { Threshold } from '../model/threshold.ts';
import { insideFolder } from '../run/inside-folder.ts';
import { planHost } from '../run/plan-host.ts';
import { firstState, nextState, numberOf } from '../model/random.ts';
import { sandboxVariables, unknownOrigin, unknownPid } from '../../sandbox/variables.ts';
import type { ReadBytes } from '../model/ports.ts';
import { language } from './language.ts';
import { maskOfPlan, maskingErrors } from './masking.ts';
import type { Mask } from '../secrets/net.ts';
import { scriptProblems } from './checks/script-problems.ts';

export interface PrepareRequest extends LoadRequest {
  /** Names of the groups to run; empty for all. */
  readonly groups: readonly string[];
  /** What the command line says of their load, in place of the plan. */
  readonly load?: LoadChoice | undefined;
  /** Which steps of the load to run, by their tags; without it all. */
  readonly tags?: TagChoice;
  readonly seed: number;
  /** The plan is not run: the files that it reads need not be there. */
  readonly onlyToJudge?: boolean;
  /** Told once the plan is read, before it is checked further. */
  readonly onRead?: (plan: Plan) => void;
}

export interface Prepared {
  readonly request: PrepareRequest;
  readonly plan: Plan;
  readonly compiled: CompiledPlan;
  /** Thresholds that are not judged, because the choice of groups and tags leaves out all they speak of. */
  readonly leftOut: readonly string[];
  /** What is measured where a table of limits has none, as sentences. */
  readonly withoutLimit: readonly string[];
  /** Compiles again once the sandbox has told where it is. */
  withSandbox(variables: Readonly<Record<string, string>>): CompiledPlan;
}

/** Stand-ins until the sandbox has been started. */
const unknownSandbox = sandboxVariables(unknownOrigin, unknownPid);

/** A plan file, checked in full and ready to run. Throws one `UserError` with every mistake, before any load. */
export async function preparePlan(request: PrepareRequest): Promise<Prepared> {
  // Evaluating a plan's variables may read and write files: it is done once for the check and the run.
  let last: CompiledWith | undefined;
  let mask: Mask = (text) => text;
  const load = (): Promise<Plan> =>
    loadPlan(request, language, async (found, complete) => {
      request.onRead?.(found);
      mask = maskOfPlan(found);
      await loadKinds(found);
      last = compileWith(found, request, { variables: found.sandbox ? unknownSandbox : {}, complete });
      return [
        ...problemsOf(last, complete),
        ...scriptProblems(found),
        ...(request.onlyToJudge ? [] : problemsInFiles(found, last)),
      ];
    });
  const plan = await maskingErrors((text) => mask(text), load);
  const compile = (variables: Readonly<Record<string, string>>) =>
    runnable(compileWith(plan, request, { variables, complete: true }));
  return {
    request,
    plan,
    leftOut: last ? unjudged(last) : [],
    withoutLimit: last ? unlimited(last) : [],
    compiled: last ? runnable(last) : compile({}),
    withSandbox: compile,
  };
}

interface Known {
  readonly variables: Readonly<Record<string, string>>;
  readonly complete: boolean;
}

function compileWith(
  plan: Plan,
  { groups, load, tags, seed }: PrepareRequest,
  { variables, complete }: Known,
) {
  // What functions complain of here is a mistake of the plan; `compile` tells it.
  const host = planHost(dirname(resolve(plan.file)), () => undefined);
  const world = { nowEpochMs: Date.now(), random: seededRandom(seed), variables, host };
  const compiled = compilePlan(plan, {
    samplers: language.samplers,
    listeners: language.listeners,
    monitors: language.monitors,
    world,
    groups,
    load,
    ...(tags ? { tags } : {}),
    complete,
  });
  const metrics = [...compiled.known.metrics, checksMetric];
  const axes = axesOf(compiled.known.sweeps ?? []);
  const parsed = compiled.thresholds.map((written) => ({
    written,
    ...parseThreshold(written.text, written.at, metrics, axes),
  }));
  const thresholds = parsed.flatMap((one) => (one.ok ? [one] : []));
  const problems = parsed.flatMap((one) =>
    one.ok || (one.undeclared && !complete) ? [] : [withTemplate(one.problem, one.written.template)],
  );
  return { compiled, thresholds, problems };
}

/** Says what the author wrote, too, where the threshold was made of it. */
function withTemplate({ message, ...place }: Problem, template: string | undefined): Problem {
  return { ...place, message: template === undefined ? message : `${message} (written as ${template})` };
}

type CompiledWith = ReturnType<typeof compileWith>;

function runnable(given: CompiledWith): CompiledPlan {
  const { chosenCarriers, chosenMetricCarriers } = given.compiled;
  const left = given.thresholds.flatMap(({ threshold }) => (isLeft(threshold, given) ? [threshold] : []));
  const thresholds = left.map((one) => narrowed(one, chosenCarriers, chosenMetricCarriers));
  const pairs = pairsOf(thresholds);
  return {
    ...given.compiled.plan,
    thresholds,
    trends: trendsOf(thresholds),
    ...(pairs.length > 0 ? { pairs } : {}),
  };
}

function unjudged(given: CompiledWith): string[] {
  return given.thresholds.flatMap(({ threshold }) => (isLeft(threshold, given) ? [] : [threshold.text]));
}

function unlimited({ compiled, thresholds }: CompiledWith): string[] {
  return withoutLimit(thresholds, compiled.chosenCarriers, compiled.chosenMetricCarriers);
}

/** Whether any step that is to run can carry what a threshold speaks of. */
function isLeft(threshold: Threshold, { compiled }: CompiledWith): boolean {
  return checkThreshold(threshold, compiled.chosenCarriers, compiled.chosenMetricCarriers).length === 0;
}

/** What is wrong besides the form. */
function problemsOf({ compiled, thresholds, problems }: CompiledWith, complete: boolean): Problem[] {
  const selected = complete
    ? thresholds.flatMap(({ threshold }) =>
        checkThreshold(threshold, compiled.carriers, compiled.metricCarriers),
      )
    : [];
  return [...compiled.problems, ...problems, ...selected];
}

function problemsInFiles(plan: Plan, { compiled }: CompiledWith): Problem[] {
  const folder = dirname(resolve(plan.file));
  const { files, written, lateChecks } = compiled;
  const wrong = files
    .filter(
      (file) => !file.byFunction || !(mayBeWritten(file, folder, written) || isTold(file, compiled.problems)),
    )
    .flatMap((file) => {
      const message = fileMistake(file.path, folder);
      return message === null ? [] : [{ path: file.path, at: file.at, message }];
    });
  const lost = new Set(wrong.map(({ path }) => path));
  return [...wrong.map(({ at, message }) => ({ at, message })), ...lateProblems(folder, lateChecks, lost)];
}

/** Whether the plan itself may have written a file when a function reads it. */
function mayBeWritten({ path }: PlanFile, folder: string, written: ReadonlySet<string | null>): boolean {
  return [...written].some((one) => one === null || resolve(folder, one) === resolve(folder, path));
}

/** Whether the function itself has said so: variables are evaluated before the run. */
function isTold({ path, at }: PlanFile, problems: readonly Problem[]): boolean {
  return problems.some(
    ({ message, at: place }) =>
      message.includes(`: ${path}: `) && place?.line === at.line && place.column === at.column,
  );
}

/** Data files are looked for before any load. */
function fileMistake(path: string, folder: string): string | null {
  try {
    if (statSync(insideFolder(folder, path), { throwIfNoEntry: false })?.isFile()) return null;
    return noFile(path);
  } catch (error) {
    return messageOf(error);
  }
}

function noFile(path: string): string {
  return `there is no file "${path}" in the plan's folder`;
}

/**
 * What is wrong in the files that are there, and in what is known besides; a mistake that concerns many steps is told
 * once. Of the `lost` files enough is said.
 */
function lateProblems(folder: string, checks: readonly LateCheck[], lost: ReadonlySet<string>): Problem[] {
  const { readBytes } = planHost(folder, () => undefined);
  const read: ReadBytes = (path, mostBytes) => {
    if (lost.has(path)) throw new LostFile(path);
    return readBytes(path, mostBytes);
  };
  const problems = checks.flatMap((check) => {
    try {
      return check(read);
    } catch (error) {
      if (error instanceof LostFile) return [];
      throw error;
    }
  });
  const told = [...lost].map(noFile);
  const others = problems.filter(({ message }) => !told.some((one) => message.endsWith(one)));
  return [...new Map(others.map((problem) => [problemLine(problem), problem])).values()];
}

/** A file that is not there was asked for. */
class LostFile extends Error {
  readonly code = 'ENOENT';
}

/** A seed where nobody has given one. */
export function randomSeed(): number {
  return Math.floor(Math.random() * 2 ** 31);
}

/** Chance for what is evaluated once, before the run. */
function seededRandom(seed: number): () => number {
  let state = firstState(seed, 0, 0);
  return () => {
    state = nextState(state);
    return numberOf(state);
  };
}
