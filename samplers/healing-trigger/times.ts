import { timeIn } from './answer.ts';
import type { Answered } from './asking.ts';
import type { HealingTriggerConfig } from './schema.ts';

/** What was seen of an issue. */
export interface Stages {
  readonly injected: Answered;
  readonly detected: Answered;
  readonly healed: Answered | null;
}

/** How long detection and healing took, as metrics: as seen from here, or as the system tells; or what it does not tell. */
export function timesOf(
  { injected, detected, healed }: Stages,
  { injectedAt, detectedAt, healedAt }: NonNullable<HealingTriggerConfig['timestamps']>,
): Readonly<Record<string, number>> | string {
  const injectedEpochMs = epochMsOf(injected, injectedAt);
  const detectedEpochMs = epochMsOf(detected, detectedAt);
  if (typeof injectedEpochMs === 'string') return injectedEpochMs;
  if (typeof detectedEpochMs === 'string') return detectedEpochMs;
  const healing_time_to_detect = detectedEpochMs - injectedEpochMs;
  if (healed === null) return { healing_time_to_detect };
  const healedEpochMs = epochMsOf(healed, healedAt);
  if (typeof healedEpochMs === 'string') return healedEpochMs;
  return { healing_time_to_detect, healing_time_to_heal: healedEpochMs - detectedEpochMs };
}

function epochMsOf({ answer, atMs }: Answered, path: string | undefined): number | string {
  return path === undefined ? performance.timeOrigin + atMs : timeIn(answer, path);
}
