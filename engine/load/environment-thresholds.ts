import { didYouMean } from '../model/did-you-mean.ts';
import type { PlanThreshold } from '../model/plan.ts';
import { readThresholdList } from './read-thresholds.ts';
import type { Reading } from './reading.ts';
import { isMapping, listOrEmpty, mappingOrEmpty, quote, type Mapping } from './shapes.ts';
import { ownRuleSchema, ownTableSchema } from './threshold-schema.ts';

const ofAnEnvironment = { rule: ownRuleSchema, table: ownTableSchema };

/**
 * The thresholds of the plan, and those of its environment: added to them, or in the place of those that they name. Those of
 * other environments are read for their form, and for what they name.
 */
export function readThresholds(reading: Reading, plan: Mapping, environment: string | null): PlanThreshold[] {
  const general = readThresholdList(reading, listOrEmpty(plan['thresholds']));
  const own: PlanThreshold[] = [];
  const replaced = new Set<PlanThreshold>();
  for (const [name, settings] of Object.entries(mappingOrEmpty(plan['environments']))) {
    const written = listOrEmpty(mappingOrEmpty(settings)['thresholds']);
    const read = readThresholdList(reading, written, ofAnEnvironment);
    const named = written.flatMap((raw) => (isMapping(raw) ? namedBy(reading, raw, general) : []));
    if (name !== environment) continue;
    own.push(...read);
    for (const one of named) replaced.add(one);
  }
  return [...general.filter((one) => !replaced.has(one)), ...own];
}

/** The thresholds of the plan that one of an environment replaces; a text that names none is a mistake. */
function namedBy(
  { positions, problems }: Reading,
  raw: Mapping,
  general: readonly PlanThreshold[],
): PlanThreshold[] {
  const { replaces } = raw;
  const [holder, texts] = Array.isArray(replaces) ? [replaces, replaces] : [raw, [replaces]];
  return texts.flatMap((text: unknown, index) => {
    if (typeof text !== 'string') return [];
    const found = general.filter((one) => namesOf(one).includes(plain(text)));
    if (found.length === 0) {
      const at = positions.locate(holder, holder === raw ? 'replaces' : index);
      problems.add(at, `replaces: the plan has no threshold ${quote(text)}.${hint(text, general)}`);
    }
    return found;
  });
}

function hint(text: string, general: readonly PlanThreshold[]): string {
  const texts = general.map((one) => one.text);
  const near = didYouMean(text.slice(0, 200), texts);
  if (near) return near;
  if (texts.length === 0) return ' It has none.';
  const more = texts.length > listed ? ` and ${texts.length - listed} more` : '';
  return ` It has: ${texts.slice(0, listed).join('; ')}${more}.`;
}

const listed = 10;

/** Quoted labels, selectors and holes may have operators of their own. */
const beforeOperator = /^(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\$?\{[^}]*\}|[^<>=!"'{])*(?=[<>=!])/;

/** The whole text, what stands before its operator, and the measure of the table that it comes from. */
function namesOf({ text, table }: PlanThreshold): string[] {
  const [rule = text] = beforeOperator.exec(text) ?? [];
  return [text, rule, ...(table ? [table.measure] : [])].map(plain);
}

/** Blanks mean nothing, but in a label. */
function plain(text: string): string {
  return text.replace(/("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|\s+/g, '$1');
}
