import type { Command, Option } from 'commander';
import { didYouMean } from '../../engine/model/did-you-mean.ts';
import { foreignOption } from './foreign-options.ts';
import { jmeterOption, type JmeterOption } from './jmeter-options.ts';

/** What an option on the line means: one of the command, a word of JMeter's without one, one of other commands, or nothing. */
export type Meaning =
  | { readonly option: Option }
  | { readonly instead: string; readonly takesValue: boolean }
  | { readonly elsewhere: readonly string[]; readonly takesValue: boolean }
  | null;

/** Knows the options of a command, JMeter's names for them, and those of the other commands. */
export class OptionWords {
  readonly #command: Command;
  readonly #others: readonly Command[];

  constructor(command: Command, all: readonly Command[]) {
    this.#command = command;
    this.#others = all.filter((one) => one !== command);
  }

  /** What `-l` or `--logfile` means. */
  meaning(name: string): Meaning {
    const jmeter = jmeterOption(name);
    const own = find(this.#command, name) ?? find(this.#command, jmeter?.as);
    if (own) return { option: own };
    return this.#foreign(name, jmeter);
  }

  #foreign(name: string, jmeter: JmeterOption | undefined): Meaning {
    if (jmeter?.instead !== undefined) return { instead: jmeter.instead, takesValue: jmeter.takesValue };
    const other = find(this.#command, '--testfile') && foreignOption(name);
    if (other) return other;
    const words = name.startsWith('--') || jmeter ? [name, jmeter?.as] : [];
    const found = this.#others.flatMap((command) => {
      const option = words.map((word) => find(command, word)).find((one) => one !== undefined);
      return option ? [{ name: `plan ${command.name()}`, takesValue: option.required }] : [];
    });
    const [first] = found;
    if (!first) return null;
    return { elsewhere: found.map((one) => one.name), takesValue: first.takesValue };
  }

  /** Whether a word on the line is an option, and so no value of the one before it. */
  isOption(word: string): boolean {
    if (word.startsWith('--')) return true;
    return /^-[A-Za-z?]$/.test(word) && (isHelp(word) || this.meaning(word) !== null);
  }

  /** ` Did you mean "--threads"?`, or where all are listed. */
  near(name: string): string {
    const known = this.#command.options.flatMap(({ long }) => (long ? [long] : []));
    return didYouMean(name.slice(0, 100), known) || ` plan ${this.#command.name()} --help lists them.`;
  }
}

export function isHelp(name: string): boolean {
  return ['-h', '--help', '-?', '--?'].includes(name);
}

function find(command: Command, name: string | undefined): Option | undefined {
  return name === undefined
    ? undefined
    : command.options.find(({ short, long }) => short === name || long === name);
}
