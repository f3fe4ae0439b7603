import type { Health } from '../engine/model/health.ts';
import { visibleText } from './visible-text.ts';

/** The last lines: what the figures are worth, where the generator was the slow part. */
export function healthLines(
  { verdict, warnings }: Health,
  paint: (colour: 'red' | 'yellow', text: string) => string,
): string[] {
  if (warnings.length === 0) return [];
  const invalid = verdict === 'invalid';
  const title = invalid
    ? 'The figures of this run are not valid: the load generator, not the system, was the limit.'
    : 'Take the figures of this run with care: the load generator was strained.';
  const lines = warnings.map((warning) => paint(invalid ? 'red' : 'yellow', `! ${visibleText(warning)}`));
  return ['', paint(invalid ? 'red' : 'yellow', title), ...lines];
}
