import type { CompiledPlan } from '../model/compiled-plan.ts';
import type { ScriptEngine } from '../model/script.ts';

/** The engine that runs a plan's scripts, loaded only for a plan that has some. */
export async function loadScripts(
  { groups }: Pick<CompiledPlan, 'groups'>,
  trusted: boolean,
): Promise<ScriptEngine> {
  if (!hasScript(groups)) return noScripts;
  if (trusted) return (await import('../script/trusted-engine.ts')).trustedEngine();
  const engine = (await import('../script/quickjs-engine.ts')).quickjsEngine();
  // It starts with its first script, which takes a tenth of a second: before the load, not in it.
  engine.compile('return 0', 'start');
  return engine;
}

const noScripts: ScriptEngine = {
  compile: () => {
    throw new Error('the plan has no scripts');
  },
  close: () => undefined,
};

/** Looks at all there is, so that no place is forgotten. A value of the author's that looks like a script costs a start. */
function hasScript(part: unknown): boolean {
  if (typeof part !== 'object' || part === null) return false;
  if ('kind' in part && part.kind === 'script') return true;
  if ('controller' in part && part.controller === 'script') return true;
  return Object.values(part).some(hasScript);
}
