/**
 * What runs the scripts of a plan: JavaScript, one language, synchronous.
 *
 * A script is the body of a strict function; `return` gives its result. It sees `vars`, `props`,
 * `prev`, `ctx`, `log` and `data` (see `engine/script/script-library.ts`) and the language itself, no more. Two
 * engines run it: `quickjs-engine.ts` in a sandbox, `trusted-engine.ts` as it is.
 */
export interface ScriptEngine {
  /** Once per place in the plan. `name` says where it stands, for errors. Throws a `ScriptError`. */
  compile(source: string, name: string): Script;
  /** Scripts that are run afterwards throw. */
  close(): void;
}

export interface Script {
  /** For one user, to its end. Gives a value that JSON can hold, or undefined. Throws a `ScriptError`. */
  run(scope: ScriptScope): unknown;
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** What a script sees of the world: the user it runs for. Only texts and numbers cross; nothing is kept after the call. */
export interface ScriptScope {
  get(variable: string): string | undefined;
  set(variable: string, value: string): void;
  unset(variable: string): void;
  readonly properties: Readonly<Record<string, string>>;
  /** For all users of all workers. */
  setProperty(name: string, value: string): void;
  /** The last answer; null before the first. */
  readonly prev: ScriptPrevious | null;
  readonly ctx: ScriptContext;
  /** Any value that JSON can hold: a copy of it is `data` in the script. Undefined: there is none. */
  readonly data: unknown;
  log(level: LogLevel, message: string): void;
  /** `Math.random` in the sandbox: uniform in [0, 1). */
  random(): number;
}

/** An answer, as elements see it; what is a method is only asked for when the script does. */
export interface ScriptPrevious {
  readonly code: string;
  readonly message: string;
  readonly ok: boolean;
  readonly elapsedMs: number;
  readonly url: string;
  readonly bytesReceived: number;
  /** The body. */
  text(): string;
  /** The first header of that name, in lower case. */
  header(name: string): string | undefined;
  headersText(): string;
}

export interface ScriptContext {
  readonly threadName: string;
  /** From 1. */
  readonly threadNumber: number;
  readonly threadGroupName: string;
  readonly samplerName: string;
}
