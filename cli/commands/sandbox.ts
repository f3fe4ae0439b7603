import { once } from 'node:events';
import { Command, Option } from 'commander';
import { exitCodes, UserError, type ExitCode } from '../../engine/model/errors.ts';
import { expectedSize, parseBytes, parseRatio } from '../../engine/model/units.ts';
import { startSandboxProcess } from '../../sandbox/child.ts';
import { defaultSettings } from '../../sandbox/options.ts';
import { firstDataset, landingBucket, sandboxProject } from '../../sandbox/variables.ts';
import { giveJson } from '../json-result.ts';
import { durationMs, wholeNumber } from '../options.ts';
import type { Output } from '../output.ts';

interface SandboxCommandOptions {
  readonly port: number;
  readonly latency: number;
  readonly errorRate: number;
  readonly seed: number;
  readonly auth: boolean;
  readonly detection: number;
  readonly healing: number;
  readonly objectLimit: number;
}

const examples = `
Examples:
  plan sandbox --port 8000
  plan sandbox --latency 50ms --error-rate 2%
  plan sandbox --detection 500ms --healing 1s

As a stand-in for other tools, with --port 8000:
  export STORAGE_EMULATOR_HOST=http://127.0.0.1:8000     # Google's clients of Cloud Storage
  export BIGQUERY_EMULATOR_HOST=http://127.0.0.1:8000    # Google's clients of BigQuery
  curl -X POST http://127.0.0.1:8000/api/auth/token -H 'content-type: application/json' \\
       -d '{"username":"test_admin","password":"test_password"}'

A file in the bucket ${landingBucket} becomes rows of a table, and an execution in the API:
  curl -T orders.csv -X POST \\
       'http://127.0.0.1:8000/upload/storage/v1/b/${landingBucket}/o?uploadType=media&name=shop/orders/1.csv'

Routes, limits and faults on request: docs/sandbox.md`;

/** What other tools need to know. */
function surroundings(url: string): string {
  return [
    `  REST API       ${url}/api`,
    `  BigQuery       BIGQUERY_EMULATOR_HOST=${url}  (project ${sandboxProject}, dataset ${firstDataset})`,
    `  Cloud Storage  STORAGE_EMULATOR_HOST=${url}  (bucket ${landingBucket})`,
  ].join('\n');
}

export function sandboxCommand(output: Output, done: (code: ExitCode) => void): Command {
  const command = new Command('sandbox')
    .summary('serve the embedded pipeline')
    .description('Serves the embedded stand-in of the pipeline on this machine until Ctrl-C.');
  return withOptions(command)
    .addHelpText('after', examples)
    .action(async (options: SandboxCommandOptions) => {
      const sandbox = await startSandboxProcess({
        port: options.port,
        latencyMs: options.latency,
        errorRatio: options.errorRate,
        seed: options.seed,
        auth: options.auth ? 'required' : 'optional',
        detectionMs: options.detection,
        healingMs: options.healing,
        keepObjectBytes: options.objectLimit,
      });
      output.say(`The sandbox serves ${sandbox.url}/api (Ctrl-C ends it)`);
      output.say(surroundings(sandbox.url));
      const { url } = sandbox;
      giveJson(output, {
        format: 1,
        url,
        api: `${url}/api`,
        project: sandboxProject,
        dataset: firstDataset,
        bucket: landingBucket,
      });
      const waiting = setInterval(() => undefined, 60_000);
      await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM'), once(process, 'SIGHUP')]);
      clearInterval(waiting);
      await sandbox.stop();
      done(exitCodes.passed);
    });
}

function withOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--port <n>', 'port on 127.0.0.1; any free one by default')
        .argParser(wholeNumber('--port', 0, 65_535))
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
    .addOption(
      new Option('--detection <duration>', 'until an issue of the pipeline is detected')
        .argParser(durationMs('--detection'))
        .default(defaultSettings.detectionMs, '1s'),
    )
    .addOption(
      new Option('--healing <duration>', 'from there until it is healed')
        .argParser(durationMs('--healing'))
        .default(defaultSettings.healingMs, '1500ms'),
    )
    .addOption(
      new Option('--object-limit <size>', 'uploads are kept up to this size, larger ones only counted')
        .argParser(bytes)
        .default(defaultSettings.keepObjectBytes, '256MiB'),
    );
}

function ratio(text: string): number {
  const value = parseRatio(text);
  if (value === null || value > 1)
    throw new UserError(`--error-rate expects a share such as 2% or 0.02, found "${text}"`);
  return value;
}

function bytes(text: string): number {
  const value = parseBytes(text);
  if (value === null) throw new UserError(`--object-limit: ${expectedSize(text)}`);
  return value;
}
