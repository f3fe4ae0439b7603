import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunResult } from '../engine/model/run-result.ts';
import { shownResult } from './shown-result.ts';
import { cannotWrite } from './write-whole.ts';

/** The result of a run, in its folder. Every run writes it, whatever its listeners. */
export const runJsonName = 'run.json';

/**
 * Writes the result of a run: complete, or not at all. Throws a `UserError`.
 *
 * It is the last thing that a run does, and done at once: after a second Ctrl-C nothing waits any more. Without a folder
 * there is nothing to do.
 */
export function writeRunJson(
  folder: string | null,
  result: RunResult,
  redact: (text: string) => string,
): void {
  if (folder === null) return;
  const file = join(folder, runJsonName);
  const unfinished = `${file}.tmp`;
  try {
    writeFileSync(unfinished, `${runJsonText(result, redact)}\n`);
    renameSync(unfinished, file);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw cannotWrite(file, error);
  }
}

/** Redacts each text before it is encoded: a secret with a quote in it would look different afterwards. */
export function runJsonText(result: RunResult, redact: (text: string) => string): string {
  return JSON.stringify(shownResult(result, redact), null, 2).replace(pairs, '[$1, $2]');
}

/** Points over time are written a line each. A text holds no line break once it is encoded, so none looks like this. */
const pairs = /\[\n\s+(-?[\d.e+-]+),\n\s+(null|-?[\d.e+-]+)\n\s+\]/g;
