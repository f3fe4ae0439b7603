import type { CompiledPlan, CompiledStep } from '../model/compiled-plan.ts';
import type { ScriptEngine } from '../model/script.ts';
import { walkSteps } from '../model/walk-steps.ts';

/** The engine that runs a plan's scripts, loaded only for a plan that has some. */
export async function loadScripts({ groups }: CompiledPlan, trusted: boolean): Promise<ScriptEngine> {
  const steps = [...walkSteps(groups.flatMap((group) => group.steps))];
  if (!steps.some(isScripted)) return noScripts;
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

function isScripted(step: CompiledStep): boolean {
  if (step.type === 'controller') return step.controller === 'script';
  return [...step.before, ...step.after, ...step.assertions].some(({ kind }) => kind === 'script');
}
