import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { loadChoiceText } from '../../engine/compile/chosen-load.ts';
import type { CompiledPlan } from '../../engine/model/compiled-plan.ts';
import type { EnvironmentProxies } from '../../engine/model/environment-proxies.ts';
import { exitCodes, UserError, type ExitCode } from '../../engine/model/errors.ts';
import type { Plan } from '../../engine/model/plan.ts';
import type { RunResult } from '../../engine/model/run-result.ts';
import { formatMs } from '../../engine/model/units.ts';
import type { Mask } from '../../engine/secrets/net.ts';
import { PlanRun } from '../../engine/run/plan-run.ts';
import type { RunFacts } from '../../engine/run/run-totals.ts';
import { workersFor } from '../../engine/run/pool.ts';
import { plannedDurationMs } from '../../engine/schedule/planned-times.ts';
import { runJsonName, runJsonText, writeRunJson } from '../../listeners/run-json.ts';
import { shownResult } from '../../listeners/shown-result.ts';
import { tryLines } from '../../listeners/open-lines.ts';
import { verdictLines } from '../../listeners/verdict-lines.ts';
import { tryWhole, writeWhole } from '../../listeners/write-whole.ts';
import { proxySecrets } from '../../samplers/http/environment-proxies.ts';
import { startSandboxProcess, type SandboxProcess } from '../../sandbox/child.ts';
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
import { checkJsonTarget, giveJsonText } from '../json-result.ts';
import { beginLog, logLevelOption, type LogOptions } from '../run-log.ts';
import { lineProxy } from '../line-proxy.ts';
import { jtlTarget, withFiles, type FileOptions } from './run-files.ts';
import { runHelp } from './run-help.ts';
import { checkOnce, Once, usualPasses } from '../once/once.ts';
import { endByForce } from '../end-by-force.ts';
import { checkWorkers } from '../most-workers.ts';
import { plannedConnections } from '../planned-connections.ts';
import { preflight } from '../preflight.ts';
import { prepare, type Prepared, type PrepareRequest } from '../prepare.ts';
import { maskedPlan, maskOf, maskingErrors, shortSecrets, withSecrets } from '../masking.ts';
import { proxyUse, refuseMistakes, shownProxies } from '../proxies.ts';
import { monitorsOf, runListeners } from '../run-listeners.ts';
import { makeResultsFolder, tryResultsFolder } from '../results-folder.ts';
import { scarcities, supplyOfMachine } from '../scarcity.ts';
import { onSignals } from '../signals.ts';
import { targetOf, targetText, whereText } from '../target.ts';
import { packageVersion } from '../version.ts';

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
  checkWorkers(options.workers);
  checkJsonTarget(output, runJsonName);
  const request = prepareRequest(file, options);
  const onRead = (plan: Plan) => output.say(`Loading ${plan.file}${targetText(plan)}`);
  const prepared = await prepare({ ...request, onRead });
  const { proxies, ...told } = proxyUse(prepared.compiled, {
    line: lineProxy(options),
    environment: process.env,
    heeds: options.proxyEnv,
  });
  refuseMistakes(told);
  await tryResults(options);
  const load = loadChoiceText(request.load);
  if (load) output.say(`In place of what the plan says: ${load}`);
  for (const line of told.lines) output.say(line);
  for (const text of prepared.leftOut)
    output.say(`Not judged, as the chosen groups and tags leave it out: ${text}`);
  for (const text of prepared.withoutLimit) output.say(`Note: ${text}`);
  const sandbox = prepared.plan.sandbox ? await startSandboxProcess(prepared.plan.sandbox) : null;
  try {
    const located = sandbox ? prepared.withSandbox(sandbox.variables) : prepared.compiled;
    const compiled = withSecrets(located, proxies ? proxySecrets(proxies) : []);
    const mask = maskOf(compiled);
    for (const text of shortSecrets(prepared.plan, compiled)) output.warn(`Note: ${text}`);
    return await maskingErrors(mask, async () => {
      await preflight(compiled, prepared.plan.file, proxies);
      for (const text of scarcities(plannedConnections(compiled), supplyOfMachine()))
        output.warn(`Warning: ${text}`);
      return runCompiled(compiled, { prepared, options, request, mask, sandbox, proxies }, output);
    });
  } finally {
    await sandbox?.stop();
  }
}

/** What stands in the way of the results is told before anything is started. */
async function tryResults(options: RunOptions): Promise<void> {
  const parent = resultsParent(options);
  if (parent !== null) await tryResultsFolder(parent);
  if (options.har !== undefined) await tryWhole(options.har);
  const jtl = jtlTarget(options);
  if (jtl) tryLines(jtl.file, jtl.ifExists);
  if (options.runLog !== undefined) tryLines(options.runLog, 'overwrite');
}

/** Who goes through a plan once wants to look, unless told otherwise. */
function resultsParent({ once, results }: RunOptions): string | null {
  return results ?? (once ? null : 'results');
}

interface Given {
  readonly prepared: Prepared;
  readonly options: RunOptions;
  readonly request: PrepareRequest;
  readonly mask: Mask;
  readonly sandbox: SandboxProcess | null;
  readonly proxies: EnvironmentProxies | null;
}

/** Makes the folder of the results, with the plan as it is run; null: nobody wants one. */
async function openResults({ options, prepared, mask }: Given): Promise<string | null> {
  const { plan } = prepared;
  const parent = resultsParent(options);
  if (parent === null) return null;
  const folder = await makeResultsFolder(parent, plan.name, new Date());
  await writeWhole(join(folder, 'plan.yaml'), maskedPlan(plan, mask));
  return folder;
}

async function runCompiled(asLoad: CompiledPlan, given: Given, output: Output): Promise<ExitCode> {
  const { prepared, options, mask: redact } = given;
  const folder = await openResults(given);
  const redacting = { redact: (text: string) => redact(text) };
  const once = options.once
    ? new Once(asLoad, { output, har: options.har, passes: options.oncePasses, ...redacting })
    : null;
  const compiled = once?.plan ?? asLoad;
  const judged = (result: RunResult) => once?.judged(result) ?? result;
  const counts = countsOf(compiled, options);
  const planRun = new PlanRun({
    plan: compiled,
    listeners: runListeners(compiled, once, {
      folder,
      jtl: jtlTarget(options),
      say: (line) => output.say(line),
      colours: output.colours,
      columns: output.columns,
      summaryIntervalMs: options.interval,
      ...redacting,
    }),
    monitors: monitorsOf(compiled),
    folder,
    ...beginLog(options),
    trustedScripts: options.trustedScripts ?? false,
    proxies: given.proxies,
    graceMs: options.grace,
    ...redacting,
    say: (message) => output.warn(redact(message)),
    save: (result) => writeRunJson(folder, judged(result), redact),
    unread: () => output.unread(),
    ...factsOf(compiled, given),
    workers: counts.workers,
  });
  given.sandbox?.onLost((how) => planRun.spoil(how));
  output.say(once?.headline(prepared.plan) ?? headline(prepared.plan, compiled, counts));
  if (!once) output.bound();
  const result = judged(await withSignals(planRun, output));
  const shown = shownResult(result, redact);
  if (once) once.tellEnd(shown, output);
  else sayVerdict(shown, output);
  sayWritten([folder, options.logfile, options.runLog, options.har], output);
  giveJsonText(output, runJsonText(result, redact), runJsonName);
  if (!planRun.threadsEnded) await endByForce(output, result.verdict.exitCode);
  return result.verdict.exitCode;
}

function countsOf({ groups }: CompiledPlan, options: RunOptions) {
  const users = groups.reduce((sum, group) => sum + (group.phase === 'main' ? group.threads : 0), 0);
  const workers = options.once ? 1 : (options.workers ?? workersFor(users, availableParallelism()));
  return { users, workers };
}

/** What the result says of the run besides what was measured. */
function factsOf(
  compiled: CompiledPlan,
  { prepared, options, request, proxies }: Given,
): Omit<RunFacts, 'workers'> {
  const { plan, leftOut } = prepared;
  return {
    loadplanVersion: packageVersion(),
    planFile: plan.file,
    environment: plan.environment,
    target: targetOf(plan),
    shownProperties: shownProperties(plan, compiled),
    shownProxies: proxies && shownProxies(proxies),
    seed: request.seed,
    load: request.load,
    leftOut,
    healthGate: options.once ? 'warn' : (options.health ?? plan.health),
  };
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

async function withSignals(planRun: PlanRun, output: Output): Promise<RunResult> {
  const says = {
    graceful: 'finishing the iterations under way; once more to stop at once',
    now: 'stopping at once',
    quit: 'stopping at once',
  };
  const release = onSignals(
    (mode, signal) => {
      output.warn(`${signal}: ${says[mode]}`);
      planRun.interrupt(mode, `interrupted by ${signal}`);
    },
    () => process.exit(exitCodes.interrupted),
  );
  try {
    return await planRun.run();
  } finally {
    release();
  }
}

/** `Running "Quickstart" on the embedded sandbox: 5 users for 15s on 1 worker`. */
function headline(
  plan: Plan,
  compiled: CompiledPlan,
  counts: { readonly users: number; readonly workers: number },
): string {
  const lastsMs = plannedDurationMs(compiled.groups);
  const time = lastsMs === null ? 'until their loops are done' : `for ${formatMs(lastsMs)}`;
  const plural = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`;
  return `Running "${plan.name}"${whereText(plan)}: ${plural(counts.users, 'user')} ${time}, ${plural(counts.workers, 'worker')}`;
}

function shownProperties(plan: Plan, { properties, secretNames }: CompiledPlan): Record<string, string> {
  return Object.fromEntries(
    plan.properties.flatMap(({ name }) => {
      const value = properties[name];
      return value === undefined ? [] : [[name, secretNames.includes(name) ? '***' : value]];
    }),
  );
}
