import { Command, CommanderError } from 'commander';
import { exitCodes, messageOf, UserError, type ExitCode, type Problem } from '../engine/model/errors.ts';
import { boundPatterns } from '../engine/run/bounded-patterns.ts';
import { completionCommand } from './commands/completion.ts';
import { docsCommand } from './commands/docs.ts';
import { explainCommand } from './commands/explain.ts';
import { generateCommand } from './commands/generate.ts';
import { initCommand } from './commands/init.ts';
import { reportCommand } from './commands/report.ts';
import { runCommand } from './commands/run.ts';
import { sandboxCommand } from './commands/sandbox.ts';
import { schemaCommand } from './commands/schema.ts';
import { validateCommand } from './commands/validate.ts';
import { giveProblems } from './json-result.ts';
import { lookOf } from './line/look.ts';
import { readLine } from './line/read-line.ts';
import { type Output, standardOutput } from './output.ts';
import { packageVersion } from '../engine/api/package.ts';

/** How long a process that has said everything may take to end by itself. */
const lingeringMs = 500;

/** `plan`: puts the commands together and turns how they end into the exit code of the process. */
export async function runProgram(args: readonly string[]): Promise<void> {
  boundPatterns();
  const output = standardOutput(lookOf(args));
  const code = await commandOf(args, output);
  const isRead = await output.finish();
  process.exitCode = withLoss(code, output);
  if (isRead) {
    // What others have left open, such as a question to a token server that nobody answers, holds the process no longer.
    setTimeout(() => process.exit(), lingeringMs).unref();
    return;
  }
  output.warn('what was still to be said is left out: nobody has read it for 10s');
  process.exit();
}

/** What was to be said and could not be written is lost: that is a failure, too, unless there is a worse one. */
function withLoss(code: ExitCode, output: Output): ExitCode {
  const lost = output.lost();
  if (lost === null) return code;
  output.warn(lost);
  return code === exitCodes.passed ? exitCodes.resultsLost : code;
}

async function commandOf(args: readonly string[], output: Output): Promise<ExitCode> {
  let code: ExitCode = exitCodes.passed;
  const program = programOf(output, (ended) => (code = ended));
  try {
    await program.parseAsync(readLine(args, program), { from: 'user' });
    return code;
  } catch (error) {
    return failure(error, output);
  }
}

/** `plan` with its commands; `done` is told how the one that is run has ended. */
export function programOf(output: Output, done: (code: ExitCode) => void): Command {
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
  for (const command of commands) program.addCommand(withCommonOptions(command(output, done)));
  program.addCommand(withCommonOptions(completionCommand(output, done, () => program)));
  for (const one of [program, ...program.commands]) {
    one.exitOverride().configureOutput({
      writeOut: (text) => output.show(text.trimEnd()),
      writeErr: (text) => output.warn(text.trimEnd()),
    });
  }
  return program;
}

/** What every command takes. */
function withCommonOptions(command: Command): Command {
  return command
    .version(packageVersion(), '-v, --version', 'shows the version')
    .option('--json <file>', 'writes the result as JSON, - for standard output (docs/json.md)')
    .option('--quiet', 'says nothing but what was asked for, and what went wrong')
    .option('--no-color', 'no colours, as with NO_COLOR=1');
}

/** Tells why a command has failed, to people and, where that is wished, as JSON. */
function failure(error: unknown, output: Output): ExitCode {
  const { exitCode, problems } = told(error, output);
  if (exitCode === exitCodes.passed) return exitCode;
  try {
    giveProblems(output, exitCode, problems);
  } catch (unwritable) {
    if (messageOf(error) !== messageOf(unwritable)) output.warn(messageOf(unwritable));
  }
  return exitCode;
}

interface Told {
  readonly exitCode: ExitCode;
  readonly problems: readonly Problem[];
}

function told(error: unknown, output: Output): Told {
  // What the parser finds it has told itself.
  if (error instanceof CommanderError) {
    const exitCode = error.exitCode === 0 ? exitCodes.passed : exitCodes.invalid;
    return { exitCode, problems: [{ message: error.message }] };
  }
  if (error instanceof UserError) {
    output.warn(error.message);
    if (error.problems.length > 1) output.warn(`${error.problems.length} problems; nothing was run`);
    return error;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  output.warn(`This is a defect of Loadplan:\n${text}`);
  return { exitCode: exitCodes.crashed, problems: [{ message: messageOf(error) }] };
}
