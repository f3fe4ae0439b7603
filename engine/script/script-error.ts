/**
 * Why a script gave no result.
 *
 * `script.syntax`: it does not parse. `script.error`: it threw. `script.timeout`: it took longer than it may.
 * `script.memory`: it wanted more memory than it may.
 */
export type ScriptErrorCode = 'script.syntax' | 'script.error' | 'script.timeout' | 'script.memory';

/** `plans/a.yaml:12:5, line 3 of the script: TypeError: not a function`. */
export class ScriptError extends Error {
  readonly code: ScriptErrorCode;
  /** Without the place. */
  readonly reason: string;
  readonly script: string;
  /** From 1; null when it is not known. */
  readonly line: number | null;

  constructor(
    code: ScriptErrorCode,
    reason: string,
    where: { readonly script: string; readonly line: number | null },
  ) {
    super(`${where.script}${where.line === null ? '' : `, line ${where.line} of the script`}: ${reason}`);
    this.name = 'ScriptError';
    this.code = code;
    this.reason = reason;
    this.script = where.script;
    this.line = where.line;
  }
}
