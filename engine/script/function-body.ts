import { ScriptError } from './script-error.ts';
import { parameters } from './script-library.ts';

/**
 * The source as a function of Node's own. Only `trusted-engine.ts` calls it; the sandbox has it made to be
 * sure that the source is the body of a function, and does not end it and begin something else.
 */
export function functionOfSource(source: string, script: string): (...args: readonly unknown[]) => unknown {
  try {
    // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/consistent-type-assertions -- the one place where text becomes code
    return new Function(parameters, `'use strict'; ${source}`) as (...args: readonly unknown[]) => unknown;
  } catch (error) {
    throw new ScriptError('script.syntax', String(error), { script, line: null });
  }
}
