import type { PlanElement } from '../model/plan.ts';
import { readKinds } from './read-kinds.ts';
import type { Reading } from './reading.ts';
import { isList, isMapping, quote, type Mapping } from './shapes.ts';

/** What every run writes unless the plan switches it off. */
export const usualListeners: readonly string[] = ['jtl-csv', 'summary'];

/** Writes no file of its own: twice, it says everything twice. */
const onlyOnce = ['summary'];

/**
 * `listeners: [{ jtl-csv: { add: [Hostname] } }, csv]` in long form, added to the usual ones. An entry of a usual kind
 * configures it; `{ summary: false }` switches it off.
 */
export function readListeners(reading: Reading, plan: Mapping): PlanElement[] {
  const written = isList(plan['listeners']) ? plan['listeners'] : [];
  const off = new Set(written.flatMap((entry, index) => switchedOff(reading, entry, [written, index])));
  const listed = readKinds(reading, plan['listeners'], {
    what: 'listener',
    syntaxes: reading.language.listeners,
    example: 'jtl-csv or "jtl-csv: …"',
    isRead: (entry) => offKind(entry) === null,
  });
  const counts = new Map<string, number>();
  for (const { kind, at } of listed) {
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    if (off.has(kind))
      reading.problems.add(at, `listener ${quote(kind)} is switched off, too: keep one of the two entries.`);
    else if (onlyOnce.includes(kind) && counts.get(kind) === 2)
      reading.problems.add(at, `listener ${quote(kind)} stands in the list already: leave this entry out.`);
  }
  return [...usual(reading, plan, (kind) => !off.has(kind) && !counts.has(kind)), ...listed];
}

function usual(
  { language, positions }: Reading,
  plan: Mapping,
  isWanted: (kind: string) => boolean,
): PlanElement[] {
  const at = positions.locate(plan);
  const known = new Set(language.listeners.map(({ kind }) => kind));
  const kinds = usualListeners.filter((kind) => known.has(kind) && isWanted(kind));
  return at ? kinds.map((kind) => ({ kind, config: {}, at })) : [];
}

/** The kind in `{ jtl-csv: false }`; null for any other entry. */
function offKind(entry: unknown): string | null {
  const [kind, second] = isMapping(entry) ? Object.keys(entry) : [];
  if (!isMapping(entry) || kind === undefined || second !== undefined) return null;
  return entry[kind] === false ? kind : null;
}

function switchedOff(
  { problems, positions, language }: Reading,
  entry: unknown,
  [list, index]: readonly [list: readonly unknown[], index: number],
): string[] {
  const kind = offKind(entry);
  if (kind === null) return [];
  if (usualListeners.includes(kind)) return [kind];
  const isKnown = language.listeners.some((one) => one.kind === kind);
  const remedy =
    kind === 'json'
      ? 'run.json is always written: it holds the verdict.'
      : isKnown
        ? `${quote(kind)} only works when it is listed: leave the entry out.`
        : `unknown listener ${quote(kind)}.`;
  problems.add(positions.locate(list, index), `only jtl-csv and summary can be switched off. ${remedy}`);
  return [];
}
