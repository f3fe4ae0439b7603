import type { ScriptEngine } from '../model/script.ts';

/** The engine that runs a plan's scripts, loaded only for a plan that has some. */
export async function loadScripts(wanted: boolean, trusted: boolean): Promise<ScriptEngine> {
  if (!wanted) return noScripts;
  if (trusted) return (await import('../script/trusted-engine.ts')).trustedEngine();
  return (await import('../script/quickjs-engine.ts')).quickjsEngine();
}

const noScripts: ScriptEngine = {
  compile: () => {
    throw new Error('the plan has no scripts');
  },
  close: () => undefined,
};
