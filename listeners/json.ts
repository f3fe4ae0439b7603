import { join } from 'node:path';
import type { ListenerKind } from '../engine/model/listener.ts';
import type { RunResult } from '../engine/model/run-result.ts';
import { writeWhole } from './write-whole.ts';

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
  return `${JSON.stringify(result, safe, 2).replace(pairs, '[$1, $2]')}\n`;
}

/** Points over time are written a line each. A text holds no line break once it is encoded, so none looks like this. */
const pairs = /\[\n\s+(-?[\d.e+-]+),\n\s+(null|-?[\d.e+-]+)\n\s+\]/g;
