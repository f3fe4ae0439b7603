import { messageOf } from '../model/errors.ts';
import type { Template } from '../model/template.ts';
import { evaluatedSlot, type TemplateFunction } from '../template/functions/function.ts';
import type { RenderScope } from '../template/scope.ts';
import { constantScope, notBeforeRun } from './fold.ts';

/**
 * What a function says of its arguments, as far as they are written out: of each by itself, then of all together, found by calling it
 * for a user that does not exist. What it throws or logs; or null. One that is there to log is not called.
 * What depends on variables, files or the machine is not known before the run.
 */
export function dryCallMistake(called: TemplateFunction, args: readonly Template[]): string | null {
  return checkMistake(called, args) ?? (called.logs ? null : callMistake(called, args));
}

function checkMistake({ check }: TemplateFunction, args: readonly Template[]): string | null {
  for (const [index, text] of args.entries()) {
    if (typeof text !== 'string') continue;
    try {
      check?.(text, index, args.length);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      return error.message;
    }
  }
  return null;
}

/** Where a function asks for what is not known yet, what it says from there on is not certain. */
function callMistake(called: TemplateFunction, args: readonly Template[]): string | null {
  const scope = constantScope(new Map(), {});
  const said: string[] = [];
  let isCertain = true;
  const say = (message: string) => {
    if (isCertain) said.push(message);
  };
  const notKnown = (): never => {
    isCertain = false;
    throw new NotKnown();
  };
  const given = args.map((text) => (typeof text === 'string' ? () => text : notKnown));
  const host = { ...scope.host, log: (_level: string, message: string) => say(message) };
  const asking: RenderScope = { ...scope, host, get: notKnown };
  try {
    called.make(given, evaluatedSlot, (text) => () => text)(asking);
  } catch (error) {
    if (error instanceof RangeError) say(messageOf(error));
  }
  const [mistake] = said;
  return mistake === undefined || mistake.includes(notBeforeRun) ? null : mistake;
}

/** Ends a call that asks for what only the run knows. */
class NotKnown extends Error {}
