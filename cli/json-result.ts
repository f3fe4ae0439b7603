import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ExitCode, Problem } from '../engine/model/errors.ts';
import { tryLines } from '../listeners/open-lines.ts';
import { cannotWrite } from '../listeners/write-whole.ts';
import type { Output } from './output.ts';

/** A mistake as JSON: where it has a place, flat. */
export interface JsonProblem {
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}

export function jsonProblem({ message, at }: Problem): JsonProblem {
  return { message, ...at };
}

/** What is given instead of a result: `{ format: 1, exitCode: 104, problems: […] }`. */
export function giveProblems(output: Output, exitCode: ExitCode, problems: readonly Problem[]): void {
  if (output.json !== null) giveJson(output, { format: 1, exitCode, problems: problems.map(jsonProblem) });
}

/**
 * Writes what a command came to where `--json` says: a file, `result.json` of a folder, or standard output. Throws a
 * `UserError`; without the option it does nothing.
 */
export function giveJson(output: Output, value: unknown, name = 'result.json'): void {
  giveJsonText(output, JSON.stringify(value, null, 2), name);
}

/** The same for a text that is JSON already. */
export function giveJsonText(output: Output, text: string, name: string): void {
  const { json } = output;
  if (json === null) return;
  if (json === '-') {
    output.give(text);
    return;
  }
  const file = fileOf(json, name);
  try {
    writeFileSync(file, `${text}\n`);
  } catch (error) {
    throw cannotWrite(file, error);
  }
  output.say(`Written: ${file}`);
}

/** Says before the work that its result could not be written. */
export function checkJsonTarget({ json }: Output, name: string): void {
  if (json === null || json === '-') return;
  tryLines(fileOf(json, name), 'overwrite');
}

function fileOf(path: string, name: string): string {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  return isFolder ? join(path, name) : path;
}
