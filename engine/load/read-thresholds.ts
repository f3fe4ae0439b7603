import type { JsonSchema } from '../model/json-schema.ts';
import type { CeilingTable, PlanThreshold } from '../model/plan.ts';
import { check, type Reading } from './reading.ts';
import { describeFound, isMapping, listOrEmpty, mappingOrEmpty, type Mapping } from './shapes.ts';

/** The thresholds of the plan, and those that its environment adds. Those of other environments are read for their form. */
export function readThresholds(reading: Reading, plan: Mapping, environment: string | null): PlanThreshold[] {
  const added = Object.entries(mappingOrEmpty(plan['environments'])).flatMap(([name, settings]) => {
    const own = readList(reading, listOrEmpty(mappingOrEmpty(settings)['thresholds']));
    return name === environment ? own : [];
  });
  return [...readList(reading, listOrEmpty(plan['thresholds'])), ...added];
}

/** The texts of the thresholds, tables of limits as one for each; what they mean is for `compile`. */
function readList(reading: Reading, thresholds: readonly unknown[]): PlanThreshold[] {
  return thresholds.flatMap((raw, index) => {
    if (isMapping(raw) && ['measure', 'by', 'limits'].some((key) => Object.hasOwn(raw, key)))
      return readTable(reading, raw);
    const [holder, key] = isMapping(raw) ? [raw, 'threshold'] : [thresholds, index];
    const text = isMapping(raw) ? raw['threshold'] : raw;
    const at = reading.positions.locate(holder, key);
    check(reading, ruleSchema, raw, { what: 'threshold', holder: thresholds, key: index });
    return typeof text === 'string' && at ? [{ text, at }] : [];
  });
}

/** `{ measure: p95(elapsed), by: [component, size], limits: { ingestion: { small: 1s, … }, … } }`. */
function readTable(reading: Reading, raw: Mapping): PlanThreshold[] {
  const { problems, positions } = reading;
  const earlier = problems.count;
  check(reading, tableSchema, raw, { what: 'threshold' });
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
  const [, rule = '', chosen = ''] = /^([^]*?)(?:(?<!\$)\{([^]*)\}\s*)?$/.exec(measure) ?? [];
  const pairs = by.map((key, index) => `${key}=${quoted(values[index] ?? '')}`);
  const selector = [...(chosen.trim() === '' ? [] : [chosen.trim()]), ...pairs].join(', ');
  const rest = /^\s*([<>]=?|[=!]=)/.test(limit) ? limit.trim() : `<= ${limit.trim()}`;
  return `${rule.trim()}{${selector}} ${rest}`;
}

function quoted(value: string): string {
  return /^[^\s,{}"'=]+$/.test(value) ? value : `"${value.replace(/[\\"]/g, '\\$&')}"`;
}

const rule = {
  type: 'string',
  minLength: 1,
  description:
    'An aggregation, a measure, perhaps a selector, and a limit. ${name} may stand for what is known before the run.',
  examples: ['p95(elapsed) < 500ms', 'error_rate < ${most_errors}'],
} as const;

/** A rule: a text, or a mapping that holds one. */
const ruleSchema = {
  anyOf: [
    rule,
    { type: 'object', required: ['threshold'], additionalProperties: false, properties: { threshold: rule } },
  ],
} as const satisfies JsonSchema;

const limit = { type: ['string', 'number'] } as const satisfies JsonSchema;
const tagKey = { type: 'string', literal: true, pattern: '^[\\w.-]+$', examples: ['size'] } as const;

/** Limits under each other, as deep as there are keys. */
function limitsWithin(depth: number): JsonSchema {
  const inside = depth === 0 ? limit : { anyOf: [limit, limitsWithin(depth - 1)] };
  return { type: 'object', minProperties: 1, additionalProperties: inside };
}

const deepestTable = 4;

/** A rule for each of the limits. */
const tableSchema = {
  type: 'object',
  required: ['measure', 'by', 'limits'],
  additionalProperties: false,
  description: 'Limits of one measure, by the values of tags, such as the axes of a matrix: a rule for each.',
  properties: {
    measure: {
      type: 'string',
      minLength: 1,
      description: 'An aggregation and a measure, perhaps with a selector for all of them.',
      examples: ['p95(elapsed)', 'p95(elapsed){phase=load}'],
    },
    by: {
      description: 'The tags, outermost first: by these the limits are written.',
      examples: ['size', ['component', 'size']],
      anyOf: [tagKey, { type: 'array', minItems: 1, maxItems: deepestTable, items: tagKey }],
    },
    limits: {
      ...limitsWithin(deepestTable - 1),
      description:
        'The limits, by the values of the tags. Without an operator before it, a limit is the most that may be: `<=`.',
      examples: [{ ingestion: { small: '1s', medium: '5s' }, quality: { small: '500ms', medium: '< 2s' } }],
    },
  },
} as const satisfies JsonSchema;

/** A rule, or a table of them. */
export const thresholdSchema: JsonSchema = { anyOf: [...ruleSchema.anyOf, tableSchema] };
