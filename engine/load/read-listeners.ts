import { didYouMean } from '../model/did-you-mean.ts';
import type { PlanElement, PlanThreshold } from '../model/plan.ts';
import { toLongForm } from './long-form.ts';
import { check, type Reading } from './reading.ts';
import { describeFound, isList, isMapping, nameList, quote, type Mapping } from './shapes.ts';

/** What is written about a run when the plan does not say. */
const usualKinds = ['jtl-csv', 'summary', 'json'];

/** `listeners: [jtl-csv, { html: out.html }]` in long form; the usual ones when the plan names none. */
export function readListeners(reading: Reading, plan: Mapping): PlanElement[] {
  const { listeners } = plan;
  if (listeners === undefined) return usualListeners(reading, plan);
  if (!isList(listeners)) return [];
  return listeners.flatMap((_, index) => readListener(reading, listeners, index));
}

function usualListeners({ language, positions }: Reading, plan: Mapping): PlanElement[] {
  const at = positions.locate(plan);
  const known = new Set(language.listeners.map(({ kind }) => kind));
  return at ? usualKinds.filter((kind) => known.has(kind)).map((kind) => ({ kind, config: {}, at })) : [];
}

function readListener(reading: Reading, listeners: readonly unknown[], index: number): PlanElement[] {
  const { language, positions, problems } = reading;
  const raw = listeners[index];
  const at = positions.locate(listeners, index);
  const holder = typeof raw === 'string' ? nameOnly(reading, raw, listeners, index) : raw;
  const [kind, second] = isMapping(holder) ? Object.keys(holder) : [];
  if (!isMapping(holder) || !at || kind === undefined || second !== undefined) {
    problems.add(at, `expected one listener, such as jtl-csv or "jtl-csv: …", found ${describeFound(raw)}.`);
    return [];
  }
  const syntax = language.listeners.find((each) => each.kind === kind);
  if (!syntax) {
    problems.add(positions.locateKey(holder, kind), unknownListener(language.listeners, kind));
    return [];
  }
  const long = toLongForm(reading, { holder, word: kind, syntax });
  if (!long) return [];
  check(reading, syntax.schema, long.config, { what: kind, bare: long.bare });
  return [{ kind, config: long.config, at }];
}

/** `jtl-csv` as `{ jtl-csv: }`, standing where the text stands. */
function nameOnly({ positions }: Reading, kind: string, listeners: object, index: number): Mapping {
  const holder = { [kind]: null };
  const at = positions.locate(listeners, index);
  if (at) positions.add(holder, at);
  positions.copyEntry(listeners, index, holder, kind);
  return holder;
}

function unknownListener(listeners: readonly { readonly kind: string }[], kind: string): string {
  const kinds = listeners.map((each) => each.kind);
  const near = didYouMean(kind.slice(0, 100), kinds) || ` Known: ${nameList(kinds)}.`;
  return `unknown listener ${quote(kind)}.${near}`;
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
