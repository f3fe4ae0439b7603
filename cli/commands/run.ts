import { Command, Option } from 'commander';
import { preparePlan, type Prepared } from '../../engine/api/prepare.ts';
import type { StartOptions } from '../../engine/api/start-options.ts';
import type { Run } from '../../engine/api/run.ts';
import { startRun } from '../../engine/api/start-run.ts';
import { targetText, whereText } from '../../engine/api/target.ts';
import { loadChoiceText } from '../../engine/compile/chosen-load.ts';
import { exitCodes, UserError, type ExitCode } from '../../engine/model/errors.ts';
import type { Plan } from '../../engine/model/plan.ts';
import type { RunEvent } from '../../engine/model/run-event.ts';
import type { RunResult } from '../../engine/model/run-result.ts';
import { formatMs } from '../../engine/model/units.ts';
import { runJsonName, runJsonText } from '../../listeners/run-json.ts';
import { verdictLines } from '../../listeners/verdict-lines.ts';
import { tryWhole } from '../../listeners/write-whole.ts';
import { endByForce } from '../end-by-force.ts';
import { checkJsonTarget, giveJsonText } from '../json-result.ts';
import { lineProxy } from '../line-proxy.ts';
import { checkOnce, Once, usualPasses } from '../once/once.ts';
import {
  durationMs,
  someDurationMs,
  noProxyEnv,
  planOptions,
  prepareRequest,
  wholeNumber,
  type PlanOptions,
} from '../options.ts';
import type { Output } from '../output.ts';
import { logLevelOption, logOptions, type LogOptions } from '../run-log.ts';
import { onSignals } from '../signals.ts';
import { jtlTarget, withFiles, type FileOptions } from './run-files.ts';
import { runHelp } from './run-help.ts';

interface RunOptions extends PlanOptions, LogOptions, FileOptions {
  readonly results?: string;
  readonly once?: boolean;
  readonly oncePasses?: number;
  readonly workers?: number;
  readonly grace: number;
  readonly interval: number;
  readonly trustedScripts?: boolean;
  readonly health?: Plan['health'];
  readonly proxyEnv: boolean;
}

export function runCommand(output: Output, done: (code: ExitCode) => void): Command {
  const command = new Command('run')
    .summary('run a plan')
    .description('Runs a plan and leaves its results in a folder of results/.')
    .argument('[plan]', 'the plan file (YAML or JSON)');
  for (const option of planOptions()) command.addOption(option);
  return withFiles(command)
    .addOption(logLevelOption())
    .option('--trusted-scripts', 'runs scripts without the sandbox: faster, and able to do anything')
    .addOption(noProxyEnv())
    .addOption(
      new Option('--results <folder>', 'where the results folder is made').default(undefined, 'results'),
    )
    .option('--once', 'one user, one loop of each group, step by step, with requests and answers')
    .addOption(
      new Option(
        '--once-passes <n>',
        `with --once: how often an inner loop goes round; ${usualPasses} by default`,
      ).argParser(wholeNumber('--once-passes', 1, 1_000_000)),
    )
    .addOption(
      new Option('--workers <n>', 'worker threads; follows the load by default').argParser(
        wholeNumber('--workers', 1),
      ),
    )
    .addOption(
      new Option('--grace <duration>', 'how long iterations may take to finish after Ctrl-C')
        .argParser(durationMs('--grace'))
        .default(30_000, '30s'),
    )
    .addOption(
      new Option('--interval <duration>', 'time between two summary lines')
        .argParser(someDurationMs('--interval'))
        .default(10_000, '10s'),
    )
    .addOption(
      new Option(
        '--health <gate>',
        'fail: a run whose figures are not valid fails (99); warn only says so, the default',
      ).choices(['warn', 'fail']),
    )
    .addHelpText('after', runHelp)
    .action(async (file: string | undefined, options: RunOptions) => done(await run(file, options, output)));
}

async function run(file: string | undefined, options: RunOptions, output: Output): Promise<ExitCode> {
  if (options.append && options.overwrite)
    throw new UserError('--append and --overwrite exclude each other: choose one');
  checkOnce(options);
  checkJsonTarget(output, runJsonName);
  const request = prepareRequest(file, options);
  const onRead = (plan: Plan) => output.say(`Loading ${plan.file}${targetText(plan)}`);
  const prepared = await preparePlan({ ...request, onRead });
  if (options.har !== undefined) await tryWhole(options.har);
  const load = loadChoiceText(request.load);
  if (load) output.say(`In place of what the plan says: ${load}`);
  let once: Once | null = null;
  const started = await startRun(prepared, {
    ...startOptions(options, output),
    ...(options.once && {
      way: (plan, redact) =>
        (once = new Once(plan, { output, har: options.har, passes: options.oncePasses, redact })),
    }),
  });
  return watched(started, { prepared, once, options }, output);
}

function startOptions(options: RunOptions, output: Output): StartOptions {
  return {
    results: resultsParent(options),
    jtl: jtlTarget(options),
    ...logOptions(options),
    ...(options.workers === undefined ? {} : { workers: options.workers }),
    ...(options.health === undefined ? {} : { health: options.health }),
    graceMs: options.grace,
    trustedScripts: options.trustedScripts ?? false,
    proxies: { line: lineProxy(options), environment: process.env, heeds: options.proxyEnv },
    onEvent: (event) => tell(event, output),
    print: (line) => output.say(line),
    colours: output.colours,
    columns: output.columns,
    summaryIntervalMs: options.interval,
    unread: () => output.unread(),
  };
}

/** Who goes through a plan once wants to look, unless told otherwise. */
function resultsParent({ once, results }: RunOptions): string | null {
  return results ?? (once ? null : 'results');
}

function tell(event: RunEvent, output: Output): void {
  if (event.type === 'problem') output.warn(event.message);
  if (event.type === 'note') output[event.isWarning ? 'warn' : 'say'](event.message);
}

interface Watched {
  readonly prepared: Prepared;
  readonly once: Once | null;
  readonly options: RunOptions;
}

async function watched(
  started: Run,
  { prepared, once, options }: Watched,
  output: Output,
): Promise<ExitCode> {
  output.say(once?.headline(prepared.plan) ?? headline(prepared.plan, started));
  if (!once) output.bound();
  const result = await withSignals(started, output);
  const { exitCode } = result.verdict;
  if (once) once.tellEnd(result, output);
  else sayVerdict(result, output);
  sayWritten([started.folder, options.logfile, options.runLog, options.har], output);
  giveJsonText(
    output,
    runJsonText(result, (text) => text),
    runJsonName,
  );
  if (!started.threadsEnded()) await endByForce(output, exitCode);
  return exitCode;
}

function sayWritten(paths: readonly (string | null | undefined)[], output: Output): void {
  const written = paths.filter(Boolean);
  if (written.length > 0) output.say(`Results: ${written.join(', ')}`);
}

/** Also where little is to be said, a run that does not pass says why. */
function sayVerdict(result: RunResult, output: Output): void {
  const lines = verdictLines(result, output);
  if (output.quiet && result.verdict.exitCode !== exitCodes.passed)
    for (const line of lines) output.warn(line);
  else for (const line of ['', ...lines]) output.say(line);
}

async function withSignals({ control, result }: Run, output: Output): Promise<RunResult> {
  const says = {
    graceful: 'finishing the iterations under way; once more to stop at once',
    now: 'stopping at once',
    quit: 'stopping at once',
  };
  const release = onSignals(
    (mode, signal) => {
      output.warn(`${signal}: ${says[mode]}`);
      control.stop(mode, `interrupted by ${signal}`);
    },
    () => process.exit(exitCodes.interrupted),
  );
  try {
    return await result;
  } finally {
    release();
  }
}

/** `Running "Quickstart" on the embedded sandbox: 5 users for 15s on 1 worker`. */
function headline(plan: Plan, { users, workers, plannedDurationMs: lastsMs }: Run): string {
  const time = lastsMs === null ? 'until their loops are done' : `for ${formatMs(lastsMs)}`;
  const plural = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`;
  return `Running "${plan.name}"${whereText(plan)}: ${plural(users, 'user')} ${time}, ${plural(workers, 'worker')}`;
}
