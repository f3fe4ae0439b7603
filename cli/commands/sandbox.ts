import { once } from 'node:events';
import { Command, Option } from 'commander';
import { exitCodes, UserError, type ExitCode } from '../../engine/model/errors.ts';
import { parseRatio } from '../../engine/model/units.ts';
import { startSandboxProcess } from '../../sandbox/child.ts';
import { durationMs, wholeNumber } from '../options.ts';
import type { Output } from '../output.ts';

interface SandboxCommandOptions {
  readonly port: number;
  readonly latency: number;
  readonly errorRate: number;
  readonly seed: number;
  readonly auth: boolean;
}

export function sandboxCommand(output: Output, done: (code: ExitCode) => void): Command {
  return new Command('sandbox')
    .summary('serve the embedded pipeline')
    .description('Serves the embedded stand-in of the pipeline on this machine until Ctrl-C.')
    .addOption(
      new Option('--port <n>', 'port on 127.0.0.1; any free one by default')
        .argParser(wholeNumber('--port'))
        .default(0, 'free'),
    )
    .addOption(
      new Option('--latency <duration>', 'added to every answer')
        .argParser(durationMs('--latency'))
        .default(0, '0s'),
    )
    .addOption(
      new Option('--error-rate <ratio>', 'share of answers that are 503').argParser(ratio).default(0, '0%'),
    )
    .addOption(new Option('--seed <n>', 'same seed, same data').argParser(wholeNumber('--seed')).default(1))
    .option('--no-auth', 'lets requests without a token pass')
    .addHelpText(
      'after',
      `
Examples:
  plan sandbox --port 8000
  plan sandbox --latency 50ms --error-rate 2%
  curl -X POST http://127.0.0.1:8000/api/auth/token -H 'content-type: application/json' \\
       -d '{"username":"test_admin","password":"any"}'`,
    )
    .action(async (options: SandboxCommandOptions) => {
      const sandbox = await startSandboxProcess({
        port: options.port,
        latencyMs: options.latency,
        errorRatio: options.errorRate,
        seed: options.seed,
        auth: options.auth ? 'required' : 'optional',
      });
      output.say(`The sandbox serves ${sandbox.variables['sandbox.api'] ?? sandbox.url} (Ctrl-C ends it)`);
      const waiting = setInterval(() => undefined, 60_000);
      await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM'), once(process, 'SIGHUP')]);
      clearInterval(waiting);
      await sandbox.stop();
      done(exitCodes.passed);
    });
}

function ratio(text: string): number {
  const value = parseRatio(text);
  if (value === null || value > 1)
    throw new UserError(`--error-rate expects a share such as 2% or 0.02, found "${text}"`);
  return value;
}
