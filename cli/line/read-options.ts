import type { Command, Option } from 'commander';
import { elsewhereMeant } from './foreign-options.ts';
import { insteadOf } from './jmeter-options.ts';
import { environmentMistake, operandsMistake, withoutEcho } from './line-mistakes.ts';
import { isHelp, OptionWords, type Meaning } from './option-words.ts';

/** What stands behind the name of a command, in the one form that is read further. */
export interface ReadOptions {
  /** `--long` or `--long=value`. */
  readonly options: readonly string[];
  readonly operands: readonly string[];
  readonly problems: readonly string[];
}

/**
 * Reads options as JMeter's parser does: letters in one word (`-nt plan.yaml`), values in the same word or the next
 * (`-lout.jtl`, `-l out.jtl`, `-l=out.jtl`), JMeter's long names; and finds every mistake.
 */
export class OptionReader {
  readonly #words: OptionWords;
  readonly #command: Command;
  readonly #options: string[] = [];
  readonly #operands: string[] = [];
  readonly #problems: string[] = [];
  /** Words that are still to be read, the next one last. */
  readonly #left: string[] = [];
  /** `-Jname` without a value: what follows may be meant as one. */
  readonly #valueless = new Map<string, string>();

  constructor(command: Command, all: readonly Command[]) {
    this.#command = command;
    this.#words = new OptionWords(command, all);
  }

  read(words: readonly string[]): ReadOptions {
    this.#left.push(...words.toReversed());
    for (let word = this.#left.pop(); word !== undefined; word = this.#left.pop()) this.#readWord(word);
    const mistake = operandsMistake(this.#command, this.#operands, this.#valueless);
    if (mistake !== null) this.#problems.push(mistake);
    return { options: this.#options, operands: this.#operands, problems: withoutEcho(this.#problems) };
  }

  #readWord(word: string): void {
    if (word === '--') this.#operands.push(...this.#left.splice(0).reverse());
    else if (word.startsWith('--')) this.#readLong(word);
    else if (word.startsWith('-') && word !== '-') this.#readLetters(word.slice(1));
    else this.#operands.push(word);
  }

  #readLong(word: string): void {
    const end = word.indexOf('=');
    const name = end < 0 ? word : word.slice(0, end);
    this.#add(name, end < 0 ? undefined : word.slice(end + 1));
  }

  /** The first letter; what stands behind it is its value, or more letters. */
  #readLetters(letters: string): void {
    const [letter = '', rest] = [letters[0], letters.slice(1)];
    const meaning = this.#words.meaning(`-${letter}`);
    if (rest === '' || takesValue(meaning))
      this.#add(`-${letter}`, rest === '' ? undefined : rest.replace(/^=/, ''));
    else {
      this.#add(`-${letter}`, undefined);
      if (meaning !== null || isHelp(`-${letter}`)) this.#left.push(`-${rest}`);
    }
  }

  #add(name: string, attached: string | undefined): void {
    if (isHelp(name)) {
      this.#options.push('--help');
      return;
    }
    const meaning = this.#words.meaning(name);
    const value = takesValue(meaning) ? (attached ?? this.#nextValue()) : attached;
    if (meaning === null) {
      const command = `plan ${this.#command.name()}`;
      this.#problems.push(`${command} has no option ${name}.${this.#hint(name, attached)}`);
    } else if ('instead' in meaning) this.#problems.push(insteadOf(name, value, meaning.instead));
    else if ('elsewhere' in meaning) {
      const where = meaning.elsewhere.join(', ');
      this.#problems.push(
        `${name} is an option of ${where}, not of plan ${this.#command.name()}. Leave it out.`,
      );
    } else this.#take(meaning.option, name, value);
  }

  /** What a letter means in another tool, with its value; else what comes near. */
  #hint(name: string, attached: string | undefined): string {
    const meant = elsewhereMeant(name, attached ?? this.#left.at(-1));
    if (meant !== '' && attached === undefined) this.#left.pop();
    return meant || this.#words.near(name);
  }

  #nextValue(): string | undefined {
    const next = this.#left.at(-1);
    return next === undefined || this.#words.isOption(next) ? undefined : this.#left.pop();
  }

  #take(option: Option, name: string, value: string | undefined): void {
    const long = option.long ?? name;
    if (!option.required) {
      if (value === undefined) this.#options.push(long);
      else this.#problems.push(`${name} takes no value, found "${value}".`);
    } else if (long === '--environment') this.#takeEnvironment(value);
    else if (value === undefined) this.#problems.push(`${name} needs a value: ${option.flags}.`);
    else if (long === '--testfile') this.#takePlan(name, value);
    else if (long === '--globalproperty')
      this.#options.push(`${value.includes('=') ? '--property' : '--properties'}=${value}`);
    else {
      if (long === '--property' && !value.includes('=')) this.#noteValueless(`-J${value}`);
      this.#options.push(`${long}=${value}`);
    }
  }

  #takePlan(name: string, value: string): void {
    if (value !== 'LAST') this.#operands.push(value);
    else
      this.#problems.push(
        `${name} LAST is the last plan of JMeter, which is not remembered here. Write its file: plan ${this.#command.name()} plans/quickstart.yaml`,
      );
  }

  #takeEnvironment(value: string | undefined): void {
    const mistake = environmentMistake(value, this.#command);
    if (mistake !== null) this.#problems.push(mistake);
    else this.#options.push(`--environment=${value ?? ''}`);
  }

  #noteValueless(property: string): void {
    const next = this.#left.at(-1);
    if (next !== undefined && !this.#words.isOption(next)) this.#valueless.set(next, property);
  }
}

function takesValue(meaning: Meaning): boolean {
  if (meaning === null) return false;
  return 'option' in meaning ? meaning.option.required : meaning.takesValue;
}
