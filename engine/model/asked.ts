import type { Carried } from './carried.ts';
import type { Metric } from './metric.ts';
import type { Threshold } from './threshold.ts';

/** What somebody wants to know of a plan's samples besides their times: a sampler may leave out what it could only ask for. */
export interface Asked {
  /** Names of metrics that a threshold judges or a listener is there to show. */
  readonly metrics: readonly string[];
  /** Whether a listener shows the answers of samples that succeeded. */
  readonly answers: boolean;
}

/** What nobody wants to know. */
export const nothingAsked: Asked = { metrics: [], answers: false };

/** What it follows from, in a compiled plan. */
interface Asking {
  readonly thresholds: readonly Threshold[];
  readonly metrics: readonly Metric[];
  readonly carried?: Carried;
  readonly showsSums?: true;
}

export function askedOf({ thresholds, metrics, carried, showsSums }: Asking): Asked {
  const judged = thresholds.flatMap(({ metric }) => (metric ? [metric.name] : []));
  const shown =
    showsSums === true ? metrics.flatMap(({ name, summed }) => (summed === undefined ? [] : [name])) : [];
  const answers = (carried?.contents ?? []).some(
    ({ of, headers, body }) => of !== 'failed' && (headers || body),
  );
  return { metrics: [...new Set([...judged, ...shown])], answers };
}
