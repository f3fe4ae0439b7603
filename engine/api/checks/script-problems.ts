import { compileFunction } from 'node:vm';
import type { Problem } from '../../model/errors.ts';
import type { Plan } from '../../model/plan.ts';
import { parameters } from '../../script/script-library.ts';

/** Scripts of a plan that are no JavaScript: each where it stands, with the line of the script. They are parsed, not run. */
export function scriptProblems(plan: Plan): Problem[] {
  const { scope, setUp, tearDown, threadGroups, flows } = plan;
  return scriptsIn([scope, setUp, tearDown, threadGroups, [...flows.values()]], new Set()).flatMap(
    (holder) => {
      const message = scriptMistake(holder.script);
      const at = plan.locate(holder, 'script');
      return message === null ? [] : [{ message, ...(at ? { at } : {}) }];
    },
  );
}

interface ScriptHolder {
  readonly script: string;
}

/** The configurations of scripts in all there is, so that no place is forgotten. */
function scriptsIn(part: unknown, seen: Set<object>): ScriptHolder[] {
  if (typeof part !== 'object' || part === null || seen.has(part)) return [];
  seen.add(part);
  const own = 'kind' in part && part.kind === 'script' && 'config' in part ? part.config : null;
  const holder = isScriptHolder(own) ? [own] : [];
  return [...holder, ...Object.values(part).flatMap((each) => scriptsIn(each, seen))];
}

function isScriptHolder(config: unknown): config is ScriptHolder {
  return (
    typeof config === 'object' && config !== null && 'script' in config && typeof config.script === 'string'
  );
}

/** Why a text is not the body of a function, and where in it; or null. */
export function scriptMistake(script: string): string | null {
  try {
    compileFunction(`'use strict';\n${script}`, parameters.split(', '), {
      filename: 'script',
      lineOffset: -1,
    });
    return null;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return `this is not JavaScript: ${error.message}${placeIn(error.stack ?? '')}`;
  }
}

/** V8 begins the stack of a syntax error with the place, the line, and a caret under what is wrong. */
function placeIn(stack: string): string {
  const [, line, before] = /^script:(\d+)\n.*\n( *)\^/.exec(stack) ?? [];
  return line === undefined || before === undefined
    ? ''
    : ` (line ${line}, column ${before.length + 1} of the script)`;
}
