import type { ScriptEngine } from '../model/script.ts';

/** The engine that runs a plan's scripts, loaded only for a plan that has some. */
export async function loadScripts(wanted: boolean, trusted: boolean): Promise<ScriptEngine> {
  if (!wanted) return noScripts;
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
