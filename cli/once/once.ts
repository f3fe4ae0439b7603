import { onceThrough } from '../../engine/compile/once.ts';
import type { ContentWish } from '../../engine/model/carried.ts';
import type { CompiledPlan } from '../../engine/model/compiled-plan.ts';
import { exitCodes, UserError } from '../../engine/model/errors.ts';
import type { Plan } from '../../engine/model/plan.ts';
import type { RunResult } from '../../engine/model/run-result.ts';
import type { Way } from '../../engine/api/start-options.ts';
import type { NamedListener } from '../../engine/model/listener.ts';
import { AccessMask } from '../../listeners/access.ts';
import { HarFile } from '../../listeners/har/har.ts';
import { harBodyBytes } from '../../listeners/har/har-message.ts';
import { OnceReport } from '../../listeners/once/once.ts';
import { wrapped } from '../../listeners/once/wrapped.ts';
import { painter } from '../../listeners/paint.ts';
import { redactionSlack } from '../../listeners/shown-body.ts';
import type { Output } from '../output.ts';
import { whereText } from '../../engine/api/target.ts';
import { packageVersion } from '../../engine/api/package.ts';
import { accessVariables } from './access-variables.ts';
import { endLines } from './end-lines.ts';
import { planWords } from './plan-words.ts';

/** How often a loop among the steps may go round, unless the line says so. */
export const usualPasses = 10;

/** All of every request and answer, as far as one is shown or kept in a HAR. */
const wish: ContentWish = {
  of: 'all',
  labels: [],
  request: true,
  headers: true,
  body: true,
  parts: true,
  limitBytes: harBodyBytes + redactionSlack,
  perLabelAndCode: null,
  most: null,
  mostBytes: null,
};

/** Wider lines are hard to read; a pipe has no width, and gets what fits everywhere. */
const [narrowest, usual, widest] = [40, 80, 120];

export interface OnceOptions {
  readonly once?: boolean;
  readonly oncePasses?: number;
  readonly har?: string;
  readonly threads?: number;
  readonly loops?: number;
  readonly iterations?: number;
  readonly duration?: number;
}

/** Options that do not go together. Throws a `UserError`. */
export function checkOnce({ once, oncePasses, har, ...load }: OnceOptions): void {
  if (!once && oncePasses !== undefined)
    throw new UserError('--once-passes goes with --once: plan run --once --once-passes 20 plan.yaml');
  if (!once && har !== undefined)
    throw new UserError('--har goes with --once: plan run --once --har requests.har plan.yaml');
  const sized = (['threads', 'loops', 'iterations', 'duration'] as const).find(
    (key) => load[key] !== undefined,
  );
  if (once && sized !== undefined)
    throw new UserError(`--once is one user and one loop: leave out --${sized}, or --once`);
}

/** A plan as it is gone through once, and who watches. */
export class Once implements Way {
  readonly plan: CompiledPlan;
  readonly listeners: readonly NamedListener[];
  readonly #asLoad: CompiledPlan;
  readonly #report: OnceReport;
  readonly #har: HarFile | null;
  readonly #width: number;

  constructor(
    compiled: CompiledPlan,
    {
      output,
      har,
      passes,
      redact,
    }: {
      readonly output: Output;
      readonly passes: number | undefined;
      readonly har: string | undefined;
      readonly redact: (text: string) => string;
    },
  ) {
    const access = new AccessMask(redact, accessVariables(compiled));
    this.#asLoad = compiled;
    this.#width = output.columns === Infinity ? usual : Math.min(widest, Math.max(narrowest, output.columns));
    const through = onceThrough(compiled, { passes: passes ?? usualPasses, wish });
    // What it shows takes the place of the summary.
    this.plan = { ...through, listeners: through.listeners.filter(({ kind }) => kind !== 'summary') };
    this.#report = new OnceReport({
      say: sayTo(output),
      colours: output.colours,
      width: this.#width,
      access,
      words: planWords(compiled),
    });
    this.#har = har === undefined ? null : new HarFile({ file: har, version: packageVersion(), access });
    this.listeners = [
      { kind: 'once', listener: this.#report, essential: false },
      ...(this.#har ? [{ kind: 'har', listener: this.#har, essential: true }] : []),
    ];
  }

  /** `Once through "Quickstart" on the embedded sandbox: one user, one loop of each thread group`. */
  headline(plan: Plan): string {
    const text = `Once through "${plan.name}"${whereText(plan)}: one user, one loop of each thread group`;
    return wrapped(text, this.#width, { first: '', next: '  ' }).join('\n');
  }

  /** A sample that failed fails the run. */
  judged(result: RunResult): RunResult {
    const { samplesFailed: failed, samplesTaken: taken } = this.#report;
    const { exitCode, reasons } = result.verdict;
    if (failed === 0) return result;
    const reason = `${failed} of ${taken} sample${taken === 1 ? '' : 's'} failed`;
    // What is said of a run that nothing judges is no reason for a failure.
    const isFailure = exitCode !== exitCodes.passed;
    const code = isFailure ? exitCode : exitCodes.thresholdFailed;
    const verdict = { passed: false, ending: 'failed', exitCode: code } as const;
    return { ...result, verdict: { ...verdict, reasons: [reason, ...(isFailure ? reasons : [])] } };
  }

  /** What it came to. */
  tellEnd(result: RunResult, output: Output): void {
    const told = {
      plan: this.#asLoad,
      taken: this.#report.samplesTaken,
      begun: this.#report.begun,
      requests: this.#har?.count ?? null,
    };
    for (const line of endLines(result, told, painter(output.colours))) sayTo(output)(line);
  }
}

/** It was asked for, so it is said with --quiet, too. */
function sayTo(output: Output): (line: string) => void {
  return (line) => (output.json === '-' ? output.say(line) : output.show(line));
}
