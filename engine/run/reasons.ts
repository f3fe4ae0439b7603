import { exitCodes, type ExitCode } from '../model/errors.ts';
import type { Ending, Verdict } from '../model/run-result.ts';
import type { ThresholdVerdict } from '../model/threshold.ts';

/** Graver first: which exit code a run with several reasons has. */
const gravity: readonly ExitCode[] = [
  exitCodes.resultsLost,
  exitCodes.crashed,
  exitCodes.interrupted,
  exitCodes.thresholdFailed,
];

interface Reason {
  readonly code: ExitCode;
  readonly text: string;
}

/** What a run is judged by once it is over. */
export interface Judged {
  readonly thresholds: readonly ThresholdVerdict[];
  /** Thresholds that could not be judged, and why, as sentences. */
  readonly notJudged: readonly string[];
  /** Whether something else was judged, and held. */
  readonly otherCriteria?: boolean;
  /** Why nothing was measured at all; null: something was. */
  readonly empty: string | null;
}

/** Why a run does not pass, collected while it runs. */
export class Reasons {
  readonly #reasons: Reason[] = [];

  add(code: ExitCode, text: string): void {
    if (!this.#reasons.some((known) => known.text === text)) this.#reasons.push({ code, text });
  }

  /**
   * How the run ended. Failed: for any reason. Passed: something was judged, and all of it held. Not judged: the rest, which is no
   * success where something was to be judged.
   */
  verdict({ thresholds, notJudged, otherCriteria = false, empty }: Judged): Verdict {
    const isExplained = this.#reasons.length > 0 || empty === null;
    const failed = gravest([
      ...this.#reasons,
      ...(isExplained ? [] : [{ code: exitCodes.thresholdFailed, text: empty }]),
      ...thresholds.filter(({ passed }) => !passed).map(thresholdReason),
    ]);
    const [worst] = failed;
    if (worst) return notPassed('failed', worst.code, [...failed.map(({ text }) => text), ...notJudged]);
    if (notJudged.length > 0) return notPassed('notJudged', exitCodes.thresholdFailed, notJudged);
    if (thresholds.length === 0 && !otherCriteria)
      return notPassed('notJudged', exitCodes.passed, ['not judged, as the plan has no thresholds']);
    return { passed: true, ending: 'passed', exitCode: exitCodes.passed, reasons: [] };
  }
}

function notPassed(
  ending: Exclude<Ending, 'passed'>,
  exitCode: ExitCode,
  reasons: readonly string[],
): Verdict {
  return { passed: false, ending, exitCode, reasons };
}

/** The gravest first; else in the order in which they came. */
function gravest(reasons: readonly Reason[]): Reason[] {
  const rank = ({ code }: Reason) => {
    const place = gravity.indexOf(code);
    return place < 0 ? gravity.length : place;
  };
  return [...reasons].sort((a, b) => rank(a) - rank(b));
}

function thresholdReason({ text, value, notProven }: ThresholdVerdict): Reason {
  const what = `threshold ${notProven ? 'not proven' : 'failed'}: ${text}`;
  return { code: exitCodes.thresholdFailed, text: value === null ? `${what} (no data)` : what };
}
