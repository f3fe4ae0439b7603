import type { Plan } from '../model/plan.ts';
import { templateFunctions } from '../template/functions/index.ts';
import { callsIn, runTexts } from './texts.ts';

/** Properties that a plan sets while it runs: by name, or some whose names are only known then. */
export interface LiveProperties {
  has(name: string): boolean;
}

/** `props.put(…` and its like in a script, with the name if it is written out. */
const setByScript = /\bprops\.(?:set|put)\s*\(\s*(?:(['"`])([^'"`$]+)\1\s*,)?/g;

/**
 * What `__setProperty` and the scripts of the plan set. These are read while the plan runs; all others are known
 * before it. Where one name is not written out, it may be any.
 */
export function propertiesSetLater(plan: Plan): LiveProperties {
  const names = new Set<string>();
  for (const text of runTexts(plan)) {
    for (const name of namesSetIn(text)) {
      if (name === null) return { has: () => true };
      names.add(name);
    }
  }
  return names;
}

/** Null for a name that is not written out. */
function* namesSetIn(text: string): Generator<string | null> {
  for (const { function: called, args } of callsIn(text)) {
    const place = templateFunctions.get(called)?.setsProperty;
    const name = place === undefined ? '' : args[place];
    if (name !== undefined && name !== '') yield typeof name === 'string' ? name.trim() : null;
  }
  for (const [, , name] of text.matchAll(setByScript)) yield name ?? null;
}
