import type { Command, Option } from 'commander';
import { declaredProperties } from '../../engine/load/declared-properties.ts';
import { Positions } from '../../engine/load/positions.ts';
import { Problems } from '../../engine/load/problems.ts';
import { readSources } from '../../engine/load/read-sources.ts';
import { mappingOrEmpty } from '../../engine/load/shapes.ts';
import { shells } from './shells.ts';

/** What may stand at the end of a line: words, or files, which the shell knows best. */
export interface Candidates {
  readonly words: readonly string[];
  readonly files: boolean;
}

const none: Candidates = { words: [], files: false };
const files: Candidates = { words: [], files: true };

/** What may follow `plan` and the words behind it; the last of them is begun, or empty. `topics`: what `plan docs` knows. */
export async function candidates(
  words: readonly string[],
  program: Command,
  topics: () => readonly string[],
): Promise<Candidates> {
  const [name = '', ...rest] = words;
  const begun = words.at(-1) ?? '';
  if (words.length <= 1) return beginning([...program.commands.map((one) => one.name()), 'help'], begun);
  const command = program.commands.find((one) => one.name() === name);
  if (command) return behind(command, rest, topics);
  return name === 'help'
    ? beginning(
        program.commands.map((one) => one.name()),
        begun,
      )
    : none;
}

/** What may follow the name of a command. */
async function behind(
  command: Command,
  rest: readonly string[],
  topics: () => readonly string[],
): Promise<Candidates> {
  const [before = '', begun = ''] = [rest.at(-2), rest.at(-1)];
  const option = command.options.find(
    ({ short, long, required }) => required && (short === before || long === before),
  );
  if (option) return valuesOf(option, begun, rest);
  const [, long = '', value = ''] = /^(--[\w-]+)=(.*)$/s.exec(begun) ?? [];
  const joined = command.options.find((one) => one.required && one.long === long);
  if (joined) {
    const found = await valuesOf(joined, value, rest);
    return { ...found, words: found.words.map((word) => `${long}=${word}`) };
  }
  if (/^-J./.test(begun)) return properties(begun.slice(2), '-J', rest);
  if (begun.startsWith('-')) return beginning(['--help', ...optionWords(command)], begun);
  const ownWords = new Map([
    ['docs', topics],
    ['completion', () => shells],
  ]);
  const own = ownWords.get(command.name());
  if (own) return beginning(own(), begun);
  return command.registeredArguments.length > 0 ? files : none;
}

function optionWords({ options }: Command): string[] {
  return options
    .filter(({ hidden }) => !hidden)
    .flatMap(({ short, long }) => [long, short].filter((one) => one !== undefined));
}

async function valuesOf(option: Option, begun: string, rest: readonly string[]): Promise<Candidates> {
  if (option.argChoices) return beginning(option.argChoices, begun);
  if (option.long === '--property') return properties(begun, '', rest);
  if (option.long === '--environment') {
    const [main] = await sourcesOn(rest);
    return beginning(Object.keys(mappingOrEmpty(main?.root['environments'])), begun);
  }
  return /<(?:file|plan|folder)>/.test(option.flags) ? files : none;
}

async function properties(begun: string, prefix: string, rest: readonly string[]): Promise<Candidates> {
  const positions = new Positions();
  const declared = declaredProperties(await sourcesOn(rest, positions), positions);
  const { words } = beginning(
    Array.from(declared.keys(), (name) => `${name}=`),
    begun,
  );
  return { words: words.map((word) => prefix + word), files: false };
}

/** The plan on the line, with what it includes; nothing when there is none that can be read. */
async function sourcesOn(words: readonly string[], positions = new Positions()) {
  const plan = words.findLast((word) => /\.(?:ya?ml|json)$/i.test(word));
  return plan === undefined ? [] : readSources(plan, positions, new Problems()).catch(() => []);
}

function beginning(words: readonly string[], begun: string): Candidates {
  return { words: [...new Set(words)].filter((word) => word.startsWith(begun)), files: false };
}
