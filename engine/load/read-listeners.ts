import type { PlanElement } from '../model/plan.ts';
import { readKinds } from './read-kinds.ts';
import type { Reading } from './reading.ts';
import type { Mapping } from './shapes.ts';

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
