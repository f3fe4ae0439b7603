import { Command, CommanderError } from 'commander';
import { exitCodes, UserError, type ExitCode } from '../engine/model/errors.ts';
import { boundPatterns } from '../engine/run/bounded-patterns.ts';
import { docsCommand } from './commands/docs.ts';
import { explainCommand } from './commands/explain.ts';
import { generateCommand } from './commands/generate.ts';
import { initCommand } from './commands/init.ts';
import { reportCommand } from './commands/report.ts';
import { runCommand } from './commands/run.ts';
import { sandboxCommand } from './commands/sandbox.ts';
import { schemaCommand } from './commands/schema.ts';
import { validateCommand } from './commands/validate.ts';
import { type Output, standardOutput } from './output.ts';
import { packageVersion } from './version.ts';

/** `plan`: puts the commands together and turns how they end into the exit code of the process. */
export async function runProgram(args: readonly string[]): Promise<void> {
  boundPatterns();
  const output = standardOutput();
  process.exitCode = await commandOf(args, output);
  if (await output.finish()) return;
  output.warn('what was still to be said is left out: nobody has read it for 10s');
  process.exit();
}

async function commandOf(args: readonly string[], output: Output): Promise<ExitCode> {
  let code: ExitCode = exitCodes.passed;
  const done = (ended: ExitCode) => (code = ended);
  const program = new Command('plan')
    .description('Loadplan: load tests as plans that can be read, reviewed and repeated.')
    .version(packageVersion(), '-v, --version')
    .addHelpText('after', '\nExample:\n  plan run plans/quickstart.yaml');
  const commands = [
    runCommand,
    validateCommand,
    explainCommand,
    reportCommand,
    docsCommand,
    schemaCommand,
    initCommand,
    generateCommand,
    sandboxCommand,
  ];
  for (const command of commands) program.addCommand(command(output, done));
  for (const one of [program, ...program.commands]) {
    one.exitOverride().configureOutput({
      writeOut: (text) => output.say(text.trimEnd()),
      writeErr: (text) => output.warn(text.trimEnd()),
    });
  }
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    return failure(error, output);
  }
}

function failure(error: unknown, output: Output): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.passed : exitCodes.invalid;
  if (error instanceof UserError) {
    output.warn(error.message);
    if (error.problems.length > 1) output.warn(`${error.problems.length} problems; nothing was run`);
    return error.exitCode;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  output.warn(`This is a defect of Loadplan:\n${text}`);
  return exitCodes.crashed;
}
