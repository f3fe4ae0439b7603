import { messageOf } from '../model/errors.ts';
import { functionOfSource } from './function-body.ts';
import { NoMemory } from './guest-memory.ts';
import { HostCalls, Refusal } from './host-call.ts';
import { GuestError, SandboxRealm, type SandboxLimits } from './sandbox-realm.ts';
import type { Script, ScriptEngine, ScriptScope } from '../model/script.ts';
import { ScriptError, type ScriptErrorCode } from './script-error.ts';

export const defaultLimits: SandboxLimits = {
  memoryBytes: 32 * 1_048_576,
  timeMs: 1000,
  stackBytes: 256 * 1024,
};

/**
 * Scripts in a QuickJS of their own inside WebAssembly: one per worker, for all its users.
 *
 * A script that throws leaves it as it was. One that hits a limit, or anything unforeseen, has it thrown away;
 * the next call makes a new one (some 13 ms) and compiles anew what it runs.
 */
export function quickjsEngine(limits: Partial<SandboxLimits> = {}): ScriptEngine {
  return new QuickjsEngine({ ...defaultLimits, ...limits });
}

class QuickjsEngine implements ScriptEngine {
  readonly #limits: SandboxLimits;
  readonly #host = new HostCalls();
  #realm: SandboxRealm | null = null;
  #closed = false;

  constructor(limits: SandboxLimits) {
    this.#limits = limits;
  }

  compile(source: string, name: string): Script {
    this.#checkBody(source, name);
    let { realm, address } = this.#compiled(source, name);
    const wantsData = /\bdata\b/.test(source);
    return {
      run: (scope) => {
        if (realm !== this.#realm) ({ realm, address } = this.#compiled(source, name));
        return this.#run(realm, address, { scope, name, wantsData });
      },
    };
  }

  close(): void {
    this.#closed = true;
    this.#realm = null;
  }

  /** Node parses bodies of functions as such. QuickJS would take a source that ends its function and goes on outside. */
  #checkBody(source: string, name: string): void {
    try {
      functionOfSource(source, name);
    } catch (error) {
      this.#compiled(source, name); // throws as well, and says the line
      this.#realm = null;
      throw error;
    }
  }

  #compiled(source: string, name: string): { readonly realm: SandboxRealm; readonly address: number } {
    if (this.#closed) throw new Error('the script engine is closed');
    this.#realm ??= new SandboxRealm(this.#host, this.#limits);
    const realm = this.#realm;
    try {
      return { realm, address: this.#guarded(realm, name, () => realm.compile(source)) };
    } catch (error) {
      if (!(error instanceof ScriptError) || error.code !== 'script.error') throw error;
      throw new ScriptError('script.syntax', error.reason, error);
    }
  }

  #run(
    realm: SandboxRealm,
    address: number,
    options: { readonly scope: ScriptScope; readonly name: string; readonly wantsData: boolean },
  ): unknown {
    const { scope, name, wantsData } = options;
    this.#host.begin(scope);
    try {
      return this.#guarded(realm, name, () =>
        realm.run(address, { hasPrev: scope.prev !== null, wantsData }),
      );
    } finally {
      this.#host.end();
    }
  }

  /** Whatever is thrown as a `ScriptError`; the realm is kept only if the script did no more than throw. */
  #guarded<T>(realm: SandboxRealm, script: string, action: () => T): T {
    try {
      return action();
    } catch (error) {
      const code = codeOf(error, realm.expired);
      if (code !== 'script.error') this.#realm = null;
      if (code === null) throw error;
      throw new ScriptError(code, this.#reason(code, error), { script, line: lineOf(error) });
    }
  }

  #reason(code: ScriptErrorCode, error: unknown): string {
    if (code === 'script.timeout') return `it took longer than ${this.#limits.timeMs} ms and was ended`;
    if (code === 'script.memory') {
      return `it wanted more than ${Math.floor(this.#limits.memoryBytes / 1_048_576)} MiB of memory and was ended`;
    }
    if (error instanceof Refusal) return `RangeError: ${error.message}`;
    return messageOf(error);
  }
}

/** Null: not the script's doing, but ours. */
function codeOf(error: unknown, expired: boolean): ScriptErrorCode | null {
  if (expired) return 'script.timeout';
  if (error instanceof GuestError) {
    if (error.message.startsWith('InternalError: out of memory')) return 'script.memory';
    return 'script.error';
  }
  if (error instanceof Refusal) return 'script.error';
  // Deep recursion in a native operation can use up the host's stack, and memory can fail where nobody asks.
  const isTrap = error instanceof Error && error.name === 'RuntimeError';
  return error instanceof NoMemory || error instanceof RangeError || isTrap ? 'script.memory' : null;
}

function lineOf(error: unknown): number | null {
  if (!(error instanceof GuestError)) return null;
  const line = /\bscript:(\d+)/.exec(error.guestStack)?.[1];
  return line === undefined ? null : Number(line);
}
