import type { JsonSchema } from '../model/json-schema.ts';
import type { CeilingTable, PlanThreshold } from '../model/plan.ts';
import { check, type Reading } from './reading.ts';
import { describeFound, isMapping, type Mapping } from './shapes.ts';
import { ruleSchema, tableSchema } from './threshold-schema.ts';

/** What a rule and a table may have. */
export interface ThresholdForms {
  readonly rule: JsonSchema;
  readonly table: JsonSchema;
}

const ofThePlan: ThresholdForms = { rule: ruleSchema, table: tableSchema };

/** The texts of the thresholds, tables of limits as one for each; what they mean is for `compile`. */
export function readThresholdList(
  reading: Reading,
  thresholds: readonly unknown[],
  forms = ofThePlan,
): PlanThreshold[] {
  return thresholds.flatMap((raw, index) => {
    if (isMapping(raw) && ['measure', 'by', 'limits'].some((key) => Object.hasOwn(raw, key)))
      return readTable(reading, raw, forms.table);
    const [holder, key] = isMapping(raw) ? [raw, 'threshold'] : [thresholds, index];
    const text = isMapping(raw) ? raw['threshold'] : raw;
    const at = reading.positions.locate(holder, key);
    check(reading, forms.rule, raw, { what: 'threshold', holder: thresholds, key: index });
    return typeof text === 'string' && at ? [{ text, at }] : [];
  });
}

/** `{ measure: p95(elapsed), by: [component, size], limits: { ingestion: { small: 1s, … }, … } }`. */
function readTable(reading: Reading, raw: Mapping, schema: JsonSchema): PlanThreshold[] {
  const { problems, positions } = reading;
  const earlier = problems.count;
  check(reading, schema, raw, { what: 'threshold' });
  const { measure, by, limits } = raw;
  const at = positions.locate(raw);
  if (problems.count > earlier || typeof measure !== 'string' || !isMapping(limits) || !at) return [];
  const table: CeilingTable = { measure, by: (Array.isArray(by) ? by : [by]).map(String), at };
  return readLimits(reading, limits, { table, values: [] });
}

interface Place {
  readonly table: CeilingTable;
  /** Of the first of the keys in `by`. */
  readonly values: readonly string[];
}

function readLimits(reading: Reading, limits: Mapping, { table, values }: Place): PlanThreshold[] {
  const { problems, positions } = reading;
  return Object.entries(limits).flatMap(([value, limit]): PlanThreshold[] => {
    const inside = [...values, value];
    const next = table.by[inside.length];
    const at = positions.locate(limits, value);
    if (next !== undefined && isMapping(limit)) return readLimits(reading, limit, { table, values: inside });
    if (next !== undefined || isMapping(limit)) {
      const expected = next === undefined ? 'a limit' : `a limit for each ${next}`;
      problems.add(at, `limits: expected ${expected} under "${value}", found ${describeFound(limit)}.`);
      return [];
    }
    return at ? [{ text: ruleText(table, inside, String(limit)), at, table }] : [];
  });
}

/** `p95(elapsed){component=ingestion, size=small} <= 1s`. */
function ruleText({ measure, by }: CeilingTable, values: readonly string[], limit: string): string {
  const pairs = by.map((key, index) => `${key}=${quoted(values[index] ?? '')}`);
  // Of a ratio both sides are of the same values.
  const sides = measure.split(/\bto\b(?=\s*\{)/).map((side) => {
    const [, rule = '', chosen = ''] = /^([^]*?)(?:(?<!\$)\{([^]*)\}\s*)?$/.exec(side) ?? [];
    const selector = [...(chosen.trim() === '' ? [] : [chosen.trim()]), ...pairs].join(', ');
    return `${rule.trim()}{${selector}}`;
  });
  const rest = /^\s*([<>]=?|[=!]=)/.test(limit) ? limit.trim() : `<= ${limit.trim()}`;
  return `${sides.join(' to ')} ${rest}`;
}

function quoted(value: string): string {
  return /^[^\s,{}"'=]+$/.test(value) ? value : `"${value.replace(/[\\"]/g, '\\$&')}"`;
}
