import { exitCodes, type ExitCode } from '../model/errors.ts';
import type { Verdict } from '../model/run-result.ts';
import type { ThresholdVerdict } from '../model/threshold.ts';

/** Graver first: which exit code a run with several reasons has. */
const gravity: readonly ExitCode[] = [
  exitCodes.resultsLost,
  exitCodes.crashed,
  exitCodes.interrupted,
  exitCodes.thresholdFailed,
];

/** Why a run does not pass, collected while it runs. */
export class Reasons {
  readonly #reasons: { readonly code: ExitCode; readonly text: string }[] = [];

  add(code: ExitCode, text: string): void {
    if (!this.#reasons.some((known) => known.text === text)) this.#reasons.push({ code, text });
  }

  verdict(thresholds: readonly ThresholdVerdict[]): Verdict {
    const failed = thresholds.filter(({ passed }) => !passed);
    const all = [
      ...this.#reasons,
      ...failed.map(({ text, value, notProven }) => ({
        code: exitCodes.thresholdFailed,
        text: `threshold ${notProven ? 'not proven' : 'failed'}: ${text}${value === null ? ' (no data)' : ''}`,
      })),
    ];
    const exitCode = gravity.find((code) => all.some((reason) => reason.code === code)) ?? exitCodes.passed;
    return { passed: all.length === 0, exitCode, reasons: all.map(({ text }) => text) };
  }
}
