import { didYouMean } from '../model/did-you-mean.ts';
import { choiceForms, choiceKey, type ChoiceKey } from '../model/choice.ts';
import type { Position } from '../model/errors.ts';
import type { Choice, Template, TemplatePart } from '../model/template.ts';
import { ratioOf } from '../template/choose.ts';
import { type Compilation } from './compilation.ts';
import { compileCondition } from './condition.ts';

type Written = Readonly<Record<string, unknown>>;

/** A choice as it is written, understood. */
export interface ReadChoice {
  readonly choice: Choice;
  /** What it chooses from, and where each stands. */
  readonly among: readonly { readonly value: unknown; readonly at: Position | undefined }[];
  /** Whether always one of them is taken. */
  readonly certain: boolean;
}

interface Place {
  readonly at: Position | undefined;
  readonly compilation: Compilation;
}

/** What a map that `isChoice` means. Mistakes are noted in the compilation. */
export function readChoice(written: Written, { at, compilation }: Place): ReadChoice {
  const key = choiceKey(written) ?? '$when';
  const locate = (name: string) => compilation.locate(written, name) ?? at;
  checkKeys(written, key, { at, compilation });
  if (key === '$switch') return readSwitch(written, { at, compilation });
  const choice: Choice =
    key === '$chance'
      ? { chance: compileChance(written[key], locate(key), compilation) }
      : { when: compileCondition(written[key], locate(key), compilation) };
  return { choice, among: [{ value: written['value'], at: locate('value') }], certain: false };
}

function readSwitch(written: Written, { at, compilation }: Place): ReadChoice {
  const { $switch: subject, cases, default: otherwise } = written;
  const locate = (name: string) => compilation.locate(written, name) ?? at;
  const branches: Written = typeof cases === 'object' && cases !== null ? { ...cases } : {};
  const names = Object.keys(branches);
  if (names.length === 0) compilation.problem('cases: expected a map from texts to values', locate('cases'));
  if (typeof subject === 'object')
    compilation.problem('$switch: expected a text such as ${type}', locate('$switch'));
  const among = names.map((name) => ({
    value: branches[name],
    at: (typeof cases === 'object' && cases ? compilation.locate(cases, name) : undefined) ?? at,
  }));
  const certain = Object.hasOwn(written, 'default');
  return {
    choice: { switch: orEmpty(compilation.maskable(String(subject), locate('$switch'))), cases: names },
    among: certain ? [...among, { value: otherwise, at: locate('default') }] : among,
    certain,
  };
}

/** A chance as it is written, `30%`, `0.3` or a template; checked at once where it is known. */
export function compileChance(value: unknown, at: Position | undefined, compilation: Compilation): Template {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value);
  const template = compilation.template(text, at);
  if (typeof template !== 'string') return template;
  try {
    ratioOf(template);
    return template;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    compilation.problem(error.message, at);
    return '0';
  }
}

function checkKeys(written: Written, key: ChoiceKey, { at, compilation }: Place): void {
  const known: readonly string[] = choiceForms[key];
  for (const found of Object.keys(written)) {
    if (found === key || known.includes(found)) continue;
    const hint = didYouMean(found, known) || ` Known: ${known.join(', ')}.`;
    compilation.problem(
      `unknown key "${found}" beside ${key}.${hint}`,
      compilation.locate(written, found) ?? at,
    );
  }
  const [needed] = choiceForms[key];
  if (!Object.hasOwn(written, needed)) compilation.problem(`${key} needs "${needed}" beside it`, at);
}

/** The same text, in which a variable that is not set is the empty text. */
export function orEmpty(template: Template): Template {
  if (typeof template === 'string') return template;
  return template.map((part): TemplatePart =>
    typeof part === 'object' && 'variable' in part ? { ...part, orEmpty: true } : part,
  );
}
