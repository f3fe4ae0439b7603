import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { resultFromSamples } from '../engine/metrics/result-from-samples.ts';
import { exitCodes, UserError, messageOf } from '../engine/model/errors.ts';
import type { RunResult, Verdict } from '../engine/model/run-result.ts';
import type { Threshold } from '../engine/model/threshold.ts';
import { openInput, standardInput, textOf } from './input-bytes.ts';
import { untold } from './jtl-parts.ts';
import { jtlIn, openJtl, type Jtl } from './jtl-read.ts';
import { systemCause } from './system-cause.ts';

/** The result of a run that is over, and what could not be read of it. */
export interface SavedResult {
  readonly result: RunResult;
  readonly warnings: readonly string[];
  /** False: counted from a JTL, which does not say whether the run came to its end. */
  readonly isFinished: boolean;
}

/**
 * Reads a run back: its folder, its `run.json`, or a JTL, from which the result is counted anew.
 *
 * A folder without `run.json` (the engine died) is read from its `samples.jtl`. A JTL knows of no tags, no
 * thresholds and nothing of the generator's health: it is judged by nothing, unless a plan is given.
 */
export async function readResult(path: string, timestampFormat?: string): Promise<SavedResult> {
  if (!(await isFolder(path))) return readFileOrInput(path, timestampFormat);
  const saved = join(path, 'run.json');
  if (await exists(saved)) return readFileOrInput(saved);
  const samples = join(path, 'samples.jtl');
  if (!(await exists(samples))) {
    throw new UserError(`${path} is not a results folder: expected run.json or samples.jtl in it`);
  }
  const { result, warnings } = await readSamples(await openJtl(samples, timestampFormat));
  return {
    result: { ...result, verdict: { ...notJudged, reasons: [notFinished] } },
    warnings: [`${path}: there is no run.json; counted from samples.jtl`, ...warnings],
    isFinished: false,
  };
}

/** Standard input is no folder. */
async function isFolder(path: string): Promise<boolean> {
  if (path === standardInput) return false;
  const found = await stat(path).catch((error: unknown) => {
    throw new UserError(`cannot read ${path}: ${systemCause(error)}`);
  });
  return found.isDirectory();
}

/** A `run.json` is known by its first character, or by its name. */
async function readFileOrInput(path: string, timestampFormat?: string): Promise<SavedResult> {
  const input = await openInput(path);
  const isJson = /^\uFEFF?\s*\{/.test(input.head.subarray(0, 100).toString('utf8'));
  if (!isJson && !path.endsWith('.json')) return readSamples(await jtlIn(input, timestampFormat));
  const pieces: string[] = [];
  for await (const piece of textOf(input.chunks)) pieces.push(piece);
  return runJsonOf(input.name, pieces.join(''));
}

function runJsonOf(file: string, text: string): SavedResult {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UserError(
      `${file}: expected JSON: ${messageOf(error)}. Give the JTL to count its samples anew.`,
    );
  }
  if (!isRunResult(value))
    throw new UserError(`${file}: expected a run.json of format 1, found something else`);
  return { result: withEnding(value), warnings: [], isFinished: true };
}

const lists = ['thresholds', 'labels', 'tags', 'failures'];
const objects = ['verdict', 'total', 'users', 'health'];

/** Looks at the outline: the file is ours. */
function isRunResult(value: unknown): value is RunResult {
  if (typeof value !== 'object' || value === null) return false;
  const fields = new Map(Object.entries(value));
  return (
    fields.get('format') === 1 &&
    lists.every((name) => Array.isArray(fields.get(name))) &&
    objects.every((name) => typeof fields.get(name) === 'object' && fields.get(name) !== null)
  );
}

/** The JTL in which the samples of a run stand: the file itself, or that of a results folder. */
export async function jtlOf(path: string): Promise<string> {
  const found = await isFolder(path);
  if (!found && !path.endsWith('.json')) return path;
  const samples = found ? join(path, 'samples.jtl') : path;
  if (found && (await exists(samples))) return samples;
  const what = found ? `${path} has no samples.jtl` : `${path} holds no samples`;
  throw new UserError(`${what}, by which thresholds are judged. Give the JTL of the run.`);
}

/** Counts the samples of a JTL, and judges them by thresholds. */
export async function readSamples(jtl: Jtl, thresholds: readonly Threshold[] = []): Promise<SavedResult> {
  const warnings = untold(jtl.columns).map((what) => `${jtl.name}: ${what}`);
  const { threads, ...measured } = await resultFromSamples(
    jtl.samples((message) => warnings.push(message)),
    thresholds,
  );
  const result: RunResult = {
    format: 1,
    loadplanVersion: '',
    nodeVersion: '',
    plan: basename(jtl.name),
    planFile: '',
    environment: null,
    properties: {},
    seed: 0,
    workers: 0,
    verdict: notJudged,
    users: { planned: threads, started: threads, finished: threads },
    ...measured,
  };
  return { result, warnings, isFinished: false };
}

/** A JTL has no thresholds. */
const notJudged: Verdict = {
  passed: false,
  ending: 'notJudged',
  exitCode: exitCodes.passed,
  reasons: ['not judged: a JTL holds no thresholds. --plan FILE judges it by those of a plan'],
};

/** The results of a run always have a run.json, unless it was killed. */
const notFinished =
  'not judged: the run did not come to its end, and left no verdict. --plan FILE judges its samples by the thresholds of a plan';

/** Results of earlier versions say no more than whether the run passed, and that also where nothing was judged. */
function withEnding(result: RunResult): RunResult {
  const { thresholds } = result;
  const verdict: Omit<Verdict, 'ending'> & Partial<Verdict> = result.verdict;
  if (verdict.ending !== undefined) return result;
  const ending = !verdict.passed ? 'failed' : thresholds.length > 0 ? 'passed' : 'notJudged';
  return { ...result, verdict: { ...verdict, passed: ending === 'passed', ending } };
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
