import { didYouMean } from '../model/did-you-mean.ts';
import type { ElementSyntax } from '../model/language.ts';
import type { PlanElement } from '../model/plan.ts';
import { pointer } from './foreign/pointer.ts';
import { toLongForm } from './long-form.ts';
import { check, type Reading } from './reading.ts';
import { describeFound, isList, isMapping, nameList, quote, type Mapping } from './shapes.ts';

/** Elements that stand in a list of the plan by their kind alone, or with options. */
export interface Kinds {
  /** What one is called in messages: `listener`. */
  readonly what: string;
  readonly syntaxes: readonly ElementSyntax[];
  /** What one may look like. */
  readonly example: string;
  /** Left out: all entries are. */
  isRead?(entry: unknown): boolean;
}

/** `[jtl-csv, { html: out.html }]` in long form. */
export function readKinds(reading: Reading, list: unknown, kinds: Kinds): PlanElement[] {
  if (!isList(list)) return [];
  return list.flatMap((entry, index) =>
    (kinds.isRead?.(entry) ?? true) ? readKind(reading, list, { ...kinds, index }) : [],
  );
}

interface Item extends Kinds {
  readonly index: number;
}

function readKind(reading: Reading, list: readonly unknown[], item: Item): PlanElement[] {
  const { positions, problems } = reading;
  const { what, syntaxes, example, index } = item;
  const raw = list[index];
  const at = positions.locate(list, index);
  const holder = typeof raw === 'string' ? nameOnly(reading, raw, list, index) : raw;
  const [kind, second] = isMapping(holder) ? Object.keys(holder) : [];
  if (!isMapping(holder) || !at || kind === undefined || second !== undefined) {
    problems.add(at, `expected one ${what}, such as ${example}, found ${describeFound(raw)}.`);
    return [];
  }
  const syntax = syntaxes.find((each) => each.kind === kind);
  if (!syntax) {
    problems.add(positions.locateKey(holder, kind), unknownKind(item, kind));
    return [];
  }
  const long = toLongForm(reading, { holder, word: kind, syntax });
  if (!long) return [];
  const before = problems.count;
  check(reading, syntax.schema, long.config, { what: kind, bare: long.bare, words: 'own' });
  return problems.count > before ? [] : [{ kind, config: long.config, at }];
}

/** `jtl-csv` as `{ jtl-csv: }`, standing where the text stands. */
function nameOnly({ positions }: Reading, kind: string, list: object, index: number): Mapping {
  const holder = { [kind]: null };
  const at = positions.locate(list, index);
  if (at) positions.add(holder, at);
  positions.copyEntry(list, index, holder, kind);
  return holder;
}

function unknownKind({ what, syntaxes }: Kinds, kind: string): string {
  const kinds = syntaxes.map((each) => each.kind);
  const near =
    pointer(kind, what === 'listener' ? 'listener' : 'own', kinds) || didYouMean(kind.slice(0, 100), kinds);
  return `unknown ${what} ${quote(kind)}.${near || ` Known: ${nameList(kinds)}.`}`;
}
