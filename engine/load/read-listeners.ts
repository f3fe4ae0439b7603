import type { PlanElement, PlanThreshold } from '../model/plan.ts';
import { readKinds } from './read-kinds.ts';
import { check, type Reading } from './reading.ts';
import { isMapping, type Mapping } from './shapes.ts';

/** What is written about a run when the plan does not say. */
const usualKinds = ['jtl-csv', 'summary', 'json'];

/** `listeners: [jtl-csv, { html: out.html }]` in long form; the usual ones when the plan names none. */
export function readListeners(reading: Reading, plan: Mapping): PlanElement[] {
  const { listeners } = plan;
  if (listeners === undefined) return usualListeners(reading, plan);
  return readKinds(reading, listeners, {
    what: 'listener',
    syntaxes: reading.language.listeners,
    example: 'jtl-csv or "jtl-csv: …"',
  });
}

function usualListeners({ language, positions }: Reading, plan: Mapping): PlanElement[] {
  const at = positions.locate(plan);
  const known = new Set(language.listeners.map(({ kind }) => kind));
  return at ? usualKinds.filter((kind) => known.has(kind)).map((kind) => ({ kind, config: {}, at })) : [];
}

/** The texts of the thresholds; what they mean is for `compile`. */
export function readThresholds(reading: Reading, thresholds: readonly unknown[]): PlanThreshold[] {
  return thresholds.flatMap((raw, index) => {
    const [holder, key] = isMapping(raw) ? [raw, 'threshold'] : [thresholds, index];
    const text = isMapping(raw) ? raw['threshold'] : raw;
    const at = reading.positions.locate(holder, key);
    check(reading, thresholdSchema, raw, { what: 'threshold', holder: thresholds, key: index });
    return typeof text === 'string' && at ? [{ text, at }] : [];
  });
}

const rule = {
  type: 'string',
  literal: true,
  minLength: 1,
  description: 'An aggregation, a measure, perhaps a selector, and a limit.',
  examples: ['p95(elapsed) < 500ms', 'error_rate < 1%'],
} as const;

/** A rule: a text, or a mapping that holds one. */
export const thresholdSchema = {
  anyOf: [
    rule,
    { type: 'object', required: ['threshold'], additionalProperties: false, properties: { threshold: rule } },
  ],
} as const;
