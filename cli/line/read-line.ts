import type { Command } from 'commander';
import { didYouMean } from '../../engine/model/did-you-mean.ts';
import { UserError } from '../../engine/model/errors.ts';
import { insteadOf, jmeterOption } from './jmeter-options.ts';
import { isHelp } from './option-words.ts';
import { OptionReader } from './read-options.ts';

/** Options that may also stand before the name of the command. */
const anywhere: ReadonlySet<string> = new Set(['--quiet', '--no-color']);

/**
 * The command line in its long form, in which only `--long`, `--long=value` and arguments are left.
 *
 * Throws a `UserError` with all that is wrong with it.
 */
export function readLine(args: readonly string[], program: Command): string[] {
  const start = args.findIndex((word) => !anywhere.has(word));
  const [name, ...rest] = start < 0 ? [] : args.slice(start);
  const before = start < 0 ? args : args.slice(0, start);
  if (name === undefined) return [...before];
  if (name.startsWith('-')) return [...before, programOption(name, rest)];
  if (name === 'help') return [name, ...rest];
  const command = program.commands.find((one) => one.name() === name);
  if (!command) throw new UserError(noCommand(name, program));
  const { options, operands, problems } = new OptionReader(command, program.commands).read([
    ...before,
    ...rest,
  ]);
  const isAskedFor = options.includes('--help') || options.includes('--version');
  if (problems.length > 0 && !isAskedFor) throw new UserError(problems.map((message) => ({ message })));
  return [name, ...options, ...(operands.some((one) => one.startsWith('-')) ? ['--'] : []), ...operands];
}

/** `plan --help`, `plan -v`; JMeter's whole line without a command. */
function programOption(word: string, rest: readonly string[]): string {
  if (isHelp(word)) return '--help';
  if (word === '-v' || word === '--version') return '--version';
  const words = [word, ...rest];
  const report = words.findIndex((one) => one === '-g' || one === '--reportonly');
  const { instead = '' } = jmeterOption('-g') ?? {};
  if (report >= 0) throw new UserError(insteadOf('-g', words[report + 1], instead));
  throw new UserError(
    `the command comes first, found ${word}. Write, for example: plan run ${word} … (plan --help lists the commands).`,
  );
}

function noCommand(name: string, { commands }: Command): string {
  if (/\.(?:ya?ml|json|jmx)$/i.test(name)) return `the command comes first. Write: plan run ${name}`;
  if (/\.(?:jtl|csv|xml|gz)$/i.test(name)) return `the command comes first. Write: plan report ${name}`;
  const names = commands.map((command) => command.name());
  const near = didYouMean(name.slice(0, 100), names) || ` There are: ${names.join(', ')}.`;
  return `plan has no command "${name}".${near}`;
}
