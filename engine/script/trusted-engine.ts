import { fromJson } from './from-json.ts';
import { functionOfSource } from './function-body.ts';
import { HostCalls, type HostAnswer } from './host-call.ts';
import type { Script, ScriptEngine } from '../model/script.ts';
import { ScriptError } from './script-error.ts';
import { scriptLibrary } from './script-library.ts';

/**
 * Scripts as functions of Node's own, for `--trusted-scripts`: four to a hundred times as fast, and no sandbox.
 *
 * It does not protect from anything. A script can read files and the environment, open connections, end the
 * process (`process`, `fetch`, `import()` are all there), change built-in objects for everybody, leave
 * globals for other users, use up all memory, and, by a loop without end, hold up every user of its worker for ever:
 * nothing ends it but the end of the worker. Only the limits of what it writes and logs hold.
 */
export function trustedEngine(): ScriptEngine {
  const host = new HostCalls();
  let closed = false;
  const library = makeLibrary((call, a, b) => host.answer(call, a, b));
  return {
    compile(source, name): Script {
      const run = functionOfSource(source, name);
      const wantsData = /\bdata\b/.test(source);
      const { vars, props, prev, ctx, log } = library;
      return {
        run(scope) {
          if (closed) throw new Error('the script engine is closed');
          host.begin(scope);
          try {
            const data = wantsData ? library.data() : undefined;
            return ofJson(
              library.result(run(vars, props, scope.prev === null ? null : prev, ctx, log, data)),
            );
          } catch (error) {
            throw asScriptError(library.describe(error), name);
          } finally {
            host.end();
          }
        },
      };
    },
    close() {
      closed = true;
    },
  };
}

interface Library {
  readonly vars: unknown;
  readonly props: unknown;
  readonly prev: unknown;
  readonly ctx: unknown;
  readonly log: unknown;
  data(): unknown;
  result(value: unknown): unknown;
  describe(error: unknown): string;
}

function makeLibrary(host: (call: number, a: string, b: string) => HostAnswer): Library {
  const make = functionOfSource(`return ${scriptLibrary};`, 'library')();
  // eslint-disable-next-line @typescript-eslint/consistent-type-assertions -- what the text in script-library.ts gives
  return (make as (host: unknown) => Library)(host);
}

/** The same values as from the sandbox: a copy of what is an object, nothing of what JSON cannot hold. */
function ofJson(value: unknown): unknown {
  const scalar = value === undefined || typeof value === 'number' || typeof value === 'boolean';
  if (scalar || typeof value === 'string') return value;
  const json: unknown = JSON.stringify(value);
  return typeof json === 'string' ? fromJson(json) : undefined;
}

/** Where Node puts a function made of text: its first line is the third of `<anonymous>`. */
const linesBefore = 2;

function asScriptError(described: string, script: string): ScriptError {
  const found = /<anonymous>:(\d+):\d+\)?$/m.exec(described)?.[1];
  const line = found === undefined ? null : Number(found) - linesBefore;
  return new ScriptError('script.error', described.slice(0, described.indexOf('\n')), { script, line });
}
