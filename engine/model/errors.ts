/** A place in a file of the author's. Line and column count from 1. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** One mistake of the author's: where, what was expected, what was found and what to do, as one sentence or two. */
export interface Problem {
  readonly at?: Position;
  readonly message: string;
}

/** `plans/a.yaml:3:10: "30" has no unit. Write 30s, or 500ms.` */
export function problemLine({ at, message }: Problem): string {
  return at ? `${at.file}:${at.line}:${at.column}: ${message}` : message;
}

/**
 * Exit codes of `plan`: k6's where it has one (`errext/exitcodes/codes.go`).
 *
 * 109 is a defect of ours, or a worker that was lost; 110 says that results could not be written, whatever the verdict.
 */
export const exitCodes = {
  passed: 0,
  thresholdFailed: 99,
  invalid: 104,
  interrupted: 105,
  scriptError: 107,
  crashed: 109,
  resultsLost: 110,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/**
 * Mistakes of the user's, all at once: printed without a stack, before any load.
 *
 * Anything else that is thrown is a defect of ours and keeps its stack.
 */
export class UserError extends Error {
  readonly problems: readonly Problem[];
  readonly exitCode: ExitCode;

  constructor(problems: readonly Problem[] | string, exitCode: ExitCode = exitCodes.invalid) {
    const list = typeof problems === 'string' ? [{ message: problems }] : problems;
    super(list.map(problemLine).join('\n'));
    this.name = 'UserError';
    this.problems = list;
    this.exitCode = exitCode;
  }
}

/** Why something was thrown, in words, without a stack. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
