import type { CompiledPlan } from '../../engine/model/compiled-plan.ts';
import type { RunResult } from '../../engine/model/run-result.ts';
import type { Paint } from '../../listeners/paint.ts';
import { visibleText } from '../../listeners/visible-text.ts';

export interface OnceEnd {
  /** As it would run as a load. */
  readonly plan: CompiledPlan;
  readonly taken: number;
  /** Places of the groups that were begun. */
  readonly begun: ReadonlySet<number>;
  /** Requests in the HAR; null: there is none. */
  readonly requests: number | null;
}

/** What going through a plan once came to. */
export function endLines({ verdict }: RunResult, end: OnceEnd, paint: Paint): string[] {
  const { plan, taken, begun, requests } = end;
  const left = plan.groups.flatMap(({ name, phase }, index) =>
    phase === 'main' && !begun.has(index) ? [`"${name}"`] : [],
  );
  const texts = plan.thresholds.map(({ text }) => text);
  const samples = `${taken} sample${taken === 1 ? '' : 's'}`;
  return [
    '',
    verdict.exitCode === 0
      ? paint('green', `${samples}, and no failure`)
      : paint('red', `failed (exit code ${verdict.exitCode}), ${samples}`),
    ...(verdict.exitCode === 0 ? [] : verdict.reasons.map((reason) => `- ${visibleText(reason)}`)),
    ...(left.length > 0 ? [`Not begun: ${left.join(', ')}`] : []),
    ...(texts.length > 0 ? ['Thresholds are not judged:', ...texts.map((text) => `  ${text}`)] : []),
    ...(requests === null ? [] : [`Requests in the HAR: ${requests}`]),
  ];
}
