import { Command, Option } from 'commander';
import { exitCodes, UserError, type ExitCode } from '../../engine/model/errors.ts';
import { candidates } from '../completion/candidates.ts';
import { scripts, shells, type Shell } from '../completion/shells.ts';
import { chapters } from '../docs/chapters.ts';
import type { Output } from '../output.ts';

/** `program` is asked for when a line is to be completed: it holds this command, too. */
export function completionCommand(
  output: Output,
  done: (code: ExitCode) => void,
  program: () => Command,
): Command {
  return new Command('completion')
    .summary('complete command lines in bash, zsh or fish')
    .description(
      'Prints what a shell reads to complete commands, options, names of plan docs, and the environments and properties of the plan on the line.',
    )
    .argument('[shell]', shells.join(', '))
    .argument('[words...]', 'with --line: what stands behind plan')
    .addOption(new Option('--line', 'asks what may stand at the end of a line; for the shells').hideHelp())
    .addHelpText(
      'after',
      `
Examples:
  eval "$(plan completion bash)"           # in ~/.bashrc
  source <(plan completion zsh)            # in ~/.zshrc, behind compinit
  plan completion fish | source            # in ~/.config/fish/config.fish`,
    )
    .action(async (shell: string | undefined, words: readonly string[], { line }: { line?: true }) => {
      if (line) {
        const found = await candidates(shell === undefined ? [] : [shell, ...words], program(), topics);
        for (const text of [...found.words, ...(found.files ? ['/'] : [])]) output.show(text);
      } else output.show(scripts[shellOf(shell)]);
      done(exitCodes.passed);
    });
}

function shellOf(name: string | undefined): Shell {
  const found = shells.find((one) => one === name);
  if (found) return found;
  throw new UserError(`for which shell? Write plan completion ${shells.join(', or ')}.`);
}

function topics(): string[] {
  return chapters()
    .flatMap(({ pages }) => pages.flatMap(({ name, aliases }) => [name, ...aliases]))
    .filter((name) => !name.includes(' '));
}
