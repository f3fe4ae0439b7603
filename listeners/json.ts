import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exitCodes, UserError } from '../engine/model/errors.ts';
import type { ListenerKind } from '../engine/model/listener.ts';
import type { RunResult } from '../engine/model/run-result.ts';
import { systemCause } from './system-cause.ts';

/** `json`: the result of the run in `run.json`, complete or not there at all. */
export const json: ListenerKind = {
  kind: 'json',
  example: `
listeners:
  - json
`,
  schema: {
    type: 'object',
    additionalProperties: false,
    description: 'Writes the result of the run to run.json.',
    properties: {},
  },
  create(_config, environment) {
    const file = join(environment.folder, 'run.json');
    return {
      end: (result) =>
        writeWhole(
          file,
          runJson(result, (text) => environment.redact(text)),
        ),
    };
  },
};

/** Redacts each text before it is encoded: a secret with a quote in it would look different afterwards. */
function runJson(result: RunResult, redact: (text: string) => string): string {
  const safe = (key: string, value: unknown) =>
    typeof value === 'string' && key !== 'histogram' ? redact(value) : value;
  return `${JSON.stringify(result, safe, 2)}\n`;
}

async function writeWhole(file: string, text: string): Promise<void> {
  const unfinished = `${file}.tmp`;
  try {
    await writeFile(unfinished, text);
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw new UserError(`cannot write ${file}: ${systemCause(error)}`, exitCodes.resultsLost);
  }
}
