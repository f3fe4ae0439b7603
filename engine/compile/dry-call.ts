import { messageOf } from '../model/errors.ts';
import type { Template } from '../model/template.ts';
import { evaluatedSlot, type TemplateFunction } from '../template/functions/function.ts';
import { constantScope, notBeforeRun } from './fold.ts';

/**
 * What a function says of arguments that are all written out, found by calling it for a user that does not exist: what it throws or
 * logs; or null. One that is there to log is not called.
 * What depends on variables, files or the machine is not known before the run.
 */
export function dryCallMistake(called: TemplateFunction, args: readonly Template[]): string | null {
  if (called.logs || !args.every((argument) => typeof argument === 'string')) return null;
  const scope = constantScope(new Map(), {});
  const asked: string[] = [];
  const get = (variable: string) => {
    asked.push(variable);
    return undefined;
  };
  const logged: string[] = [];
  const host = { ...scope.host, log: (_level: string, message: string) => void logged.push(message) };
  try {
    const given = args.map((text) => () => text);
    called.make(given, evaluatedSlot, (text) => () => text)({ ...scope, get, host });
  } catch (error) {
    if (!(error instanceof RangeError)) return null;
    logged.push(messageOf(error));
  }
  const [mistake] = logged;
  return mistake === undefined || asked.length > 0 || mistake.includes(notBeforeRun) ? null : mistake;
}
