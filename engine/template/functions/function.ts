import { messageOf } from '../../model/errors.ts';
import type { Template } from '../../model/template.ts';
import type { Render } from '../scope.ts';

/** A function of the template language: one file, and one line in `functions/index.ts`. */
export interface TemplateFunction {
  /** With the underscores: `__Random`. */
  readonly name: string;
  readonly minArguments: number;
  readonly maxArguments: number;
  /** `(min, max, [variable])`, for messages and documents. */
  readonly usage: string;
  /** What it gives, in a sentence, for documents. */
  readonly description: string;
  /** For documents; rendered by a test. */
  readonly example: FunctionExample;
  /** Position of the argument that names a variable to set, if it has one; -1 is the last. */
  readonly setsVariable?: number;
  /** What it sets beside that variable; `name_*` stands for `name_1`, `name_2` …. */
  readonly alsoSets?: (variable: string) => readonly string[];
  /** Position of the argument that names the property it reads. */
  readonly readsProperty?: number;
  /** Position of the argument that names the property it sets. */
  readonly setsProperty?: number;
  /** Position of the argument that names a pool of the plan, if it has one. */
  readonly namesPool?: number;
  /** Whether it gives the same text for every user at any time, so that it can be rendered before the run. */
  readonly constant?: boolean;
  /** Whether it writes its arguments into the log, and gives the first or nothing. */
  readonly logs?: true;
  /** Loads what it needs besides itself, before `mistake` and `make`; only for plans in which its name stands. */
  readonly load?: () => Promise<void>;
  /** What is wrong with arguments that are written out, told before the run; or null. */
  readonly mistake?: (args: readonly Template[]) => string | null;
  /** Throws a `RangeError` for one argument that is written out and is wrong whatever the others are. `count`: how many there are. */
  readonly check?: (text: string, index: number, count: number) => void;
  /** The file of the plan's folder that it reads, as far as its arguments are written out; or null. */
  readonly readsFile?: (args: readonly Template[]) => string | null;
  /** Position of the argument that names the file it writes. */
  readonly writesFile?: number;
  /**
   * Called once per occurrence and worker; what it returns is called for every rendering. Throws on bad constant
   * arguments. `slot` numbers the occurrence for counters and is `evaluatedSlot` inside text that was parsed while
   * the plan runs; `textRenderer` parses such text.
   */
  make(args: readonly Render[], slot: number, textRenderer: (text: string) => Render): Render;
}

export interface FunctionExample {
  readonly template: string;
  /** Variables that the template reads. */
  readonly given?: Readonly<Record<string, string>>;
  /** What the template becomes. */
  readonly gives: string;
  /** Chance, the time, the user or the machine decide: `gives` is what may come. */
  readonly varies?: true;
}

/** What a function is called and what documents say of it. */
export type FunctionWords = Pick<TemplateFunction, 'name' | 'description' | 'example'>;

/** The slot of every function in text that is parsed at run time (`__eval`). Counters there begin anew each time. */
export const evaluatedSlot = -1;

/** What is wrong with a call, as far as its arguments are written out; or null. */
export function callMistake(called: TemplateFunction, args: readonly Template[]): string | null {
  const { name, minArguments, maxArguments, usage } = called;
  if (args.length < minArguments || args.length > maxArguments)
    return `${name} takes ${usage === '()' || usage === '' ? 'no arguments' : usage}, found ${args.length} ${args.length === 1 ? 'argument' : 'arguments'}`;
  const mistake = called.mistake?.(args) ?? null;
  return mistake === null ? null : `${name}: ${mistake}`;
}

/** Variables that a call with these arguments sets, as far as they are written out. */
export function variablesSet(called: TemplateFunction, args: readonly string[]): readonly string[] {
  const variable = called.setsVariable === undefined ? '' : (args.at(called.setsVariable) ?? '').trim();
  return variable === '' ? [] : [variable, ...(called.alsoSets?.(variable) ?? [])];
}

/** The `index`-th argument, or `otherwise` when it was left out or is empty. */
export function argument(args: readonly Render[], index: number, otherwise = ''): Render {
  const given = args[index];
  return given ? (scope) => given(scope) || otherwise : () => otherwise;
}

/** Stores the result in the variable that the `index`-th argument names, if any. JMeter trims that name. */
export function storing(args: readonly Render[], index: number, render: Render): Render {
  const variable = args[index];
  if (!variable) return render;
  return (scope) => {
    const value = render(scope);
    const name = variable(scope).trim();
    if (name) scope.set(name, value);
    return value;
  };
}

/** A whole number from text, or a `RangeError` that says what was expected. */
export function wholeNumber(text: string, what: string): number {
  const value = Number(text.trim());
  if (text.trim() === '' || !Number.isSafeInteger(value)) {
    throw new RangeError(`${what} must be a whole number, found "${text}"`);
  }
  return value;
}

/** Refuses an argument that is neither empty nor one of these words, in any case of letters. */
export function checkWord(text: string, name: string, words: readonly string[]): void {
  const mistake = wordMistake(text, words);
  if (mistake !== null) throw new RangeError(`${name} ${mistake}`);
}

/** An argument that is written out, without spaces around it; null when a template makes it, or when it is empty. */
export function writtenOut(given: Template | undefined): string | null {
  return typeof given === 'string' && given.trim() !== '' ? given.trim() : null;
}

/** What is wrong with an argument that is written out and not one of these words, in any case of letters; or null. */
export function wordMistake(given: Template | undefined, words: readonly string[]): string | null {
  if (typeof given !== 'string' || given.trim() === '' || words.includes(given.trim().toUpperCase()))
    return null;
  return `knows ${words.join(', ')}, found "${given.trim()}"`;
}

/** Why something failed, in words. Mistakes of the plan (`RangeError`) are not for the log: they are thrown on. */
export function failure(error: unknown): string {
  if (error instanceof RangeError) throw error;
  return messageOf(error);
}
