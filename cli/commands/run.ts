import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { loadChoiceText } from '../../engine/compile/chosen-load.ts';
import type { CompiledPlan } from '../../engine/model/compiled-plan.ts';
import type { EnvironmentProxies } from '../../engine/model/environment-proxies.ts';
import { exitCodes, UserError, type ExitCode } from '../../engine/model/errors.ts';
import type { ListenerEnvironment } from '../../engine/model/listener.ts';
import type { NamedMonitor } from '../../engine/model/monitor.ts';
import type { Plan } from '../../engine/model/plan.ts';
import type { RunResult } from '../../engine/model/run-result.ts';
import { formatMs } from '../../engine/model/units.ts';
import type { Mask } from '../../engine/secrets/net.ts';
import type { NamedListener } from '../../engine/run/fan-out.ts';
import type { PlanRunOptions } from '../../engine/run/plan-run-options.ts';
import { PlanRun } from '../../engine/run/plan-run.ts';
import { workersFor } from '../../engine/run/pool.ts';
import { plannedDurationMs } from '../../engine/schedule/planned-times.ts';
import { listenerKinds } from '../../listeners/index.ts';
import { usualJtl } from '../../listeners/jtl-csv.ts';
import { runJsonName, runJsonText, writeRunJson } from '../../listeners/run-json.ts';
import { shownResult } from '../../listeners/shown-result.ts';
import { tryLines } from '../../listeners/open-lines.ts';
import { verdictLines } from '../../listeners/verdict-lines.ts';
import { writeWhole } from '../../listeners/write-whole.ts';
import { monitorKinds } from '../../monitors/index.ts';
import { proxySecrets } from '../../samplers/http/environment-proxies.ts';
import { startSandboxProcess, type SandboxProcess } from '../../sandbox/child.ts';
import {
  durationMs,
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
import { endByForce } from '../end-by-force.ts';
import { plannedConnections } from '../planned-connections.ts';
import { preflight } from '../preflight.ts';
import { prepare, type Prepared, type PrepareRequest } from '../prepare.ts';
import { maskedPlan, maskOf, maskingErrors, shortSecrets, withSecrets } from '../masking.ts';
import { proxyUse, refuseMistakes, shownProxies } from '../proxies.ts';
import { makeResultsFolder, tryResultsFolder } from '../results-folder.ts';
import { scarcities, supplyOfMachine } from '../scarcity.ts';
import { onSignals } from '../signals.ts';
import { targetOf, targetText, whereText } from '../target.ts';
import { packageVersion } from '../version.ts';

interface RunOptions extends PlanOptions, LogOptions {
  readonly logfile?: string;
  readonly append?: boolean;
  readonly overwrite?: boolean;
  readonly results: string;
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
  return command
    .option('-l, --logfile <file>', 'writes the JTL here instead of the results folder')
    .option('--append', 'adds to an existing -l file')
    .option('-f, --overwrite', 'replaces an existing -l file')
    .option('-j, --run-log <file>', 'writes what the plan logs here instead of run.log in the results folder')
    .addOption(logLevelOption())
    .option('--trusted-scripts', 'runs scripts without the sandbox: faster, and able to do anything')
    .addOption(noProxyEnv())
    .option('--results <folder>', 'where the results folder is made', 'results')
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
        .argParser(durationMs('--interval'))
        .default(10_000, '10s'),
    )
    .addOption(
      new Option(
        '--health <gate>',
        'fail: a run whose figures are not valid fails (99); warn only says so, the default',
      ).choices(['warn', 'fail']),
    )
    .addHelpText(
      'after',
      `
Examples:
  plan run plans/quickstart.yaml
  plan run plans/api-load.yaml -Jusers=50 -e staging -l results.jtl
  plan run -n -t plans/quickstart.yaml -l out.jtl -Jduration=5s

Percentiles are the value at the nearest rank, exact to 0.1 % (docs/measurement.md defines every figure).

Exit codes: 0 passed, or finished where the plan has no thresholds; 99 a threshold or set-up failed,
no sample was taken, thresholds could not be judged, or the figures are not valid (--health fail); 104 the plan or an option is wrong;
105 interrupted; 109 the engine failed or lost a worker; 110 results could not be written.`,
    )
    .action(async (file: string | undefined, options: RunOptions) => done(await run(file, options, output)));
}

async function run(file: string | undefined, options: RunOptions, output: Output): Promise<ExitCode> {
  if (options.append && options.overwrite)
    throw new UserError('--append and --overwrite exclude each other: choose one');
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
  await tryResultsFolder(options.results);
  const jtl = jtlTarget(options);
  if (jtl) tryLines(jtl.file, jtl.ifExists);
  if (options.runLog !== undefined) tryLines(options.runLog, 'overwrite');
}

interface Given {
  readonly prepared: Prepared;
  readonly options: RunOptions;
  readonly request: PrepareRequest;
  readonly mask: Mask;
  readonly sandbox: SandboxProcess | null;
  readonly proxies: EnvironmentProxies | null;
}

async function runCompiled(compiled: CompiledPlan, given: Given, output: Output): Promise<ExitCode> {
  const { prepared, options, request, mask: redact } = given;
  const { plan } = prepared;
  const folder = await makeResultsFolder(options.results, plan.name, new Date());
  await writeWhole(join(folder, 'plan.yaml'), maskedPlan(plan, redact));
  const users = compiled.groups.reduce((sum, group) => sum + (group.phase === 'main' ? group.threads : 0), 0);
  const workers = options.workers ?? workersFor(users, availableParallelism());
  const listeners = listenersOf(compiled, {
    folder,
    jtl: jtlTarget(options),
    say: (line) => output.say(line),
    colours: output.colours,
    columns: output.columns,
    summaryIntervalMs: options.interval,
    redact,
  });
  const planRun = new PlanRun({
    plan: compiled,
    listeners,
    monitors: monitorsOf(compiled),
    folder,
    trustedScripts: options.trustedScripts ?? false,
    ...beginLog(options),
    ...proxyFacts(given),
    graceMs: options.grace,
    redact,
    say: (message) => output.warn(redact(message)),
    save: (result) => writeRunJson(folder, result, redact),
    unread: () => output.unread(),
    healthGate: options.health ?? plan.health,
    loadplanVersion: packageVersion(),
    planFile: plan.file,
    environment: plan.environment,
    target: targetOf(plan),
    shownProperties: shownProperties(plan, compiled),
    seed: request.seed,
    load: request.load,
    workers,
    leftOut: prepared.leftOut,
  });
  given.sandbox?.onLost((how) => planRun.spoil(how));
  output.say(headline(plan, compiled, { users, workers }));
  output.bound();
  const result = await withSignals(planRun, output);
  sayVerdict(shownResult(result, redact), output);
  output.say(`Results: ${[folder, options.logfile, options.runLog].filter(Boolean).join(', ')}`);
  giveJsonText(output, runJsonText(result, redact), runJsonName);
  if (!planRun.threadsEnded) await endByForce(output, result.verdict.exitCode);
  return result.verdict.exitCode;
}

function proxyFacts({ proxies }: Pick<Given, 'proxies'>): Pick<PlanRunOptions, 'proxies' | 'shownProxies'> {
  return { proxies, shownProxies: proxies && shownProxies(proxies) };
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

function jtlTarget({ logfile, append, overwrite }: RunOptions): ListenerEnvironment['jtl'] {
  if (logfile === undefined) return null;
  return { file: logfile, ifExists: append ? 'append' : overwrite ? 'overwrite' : 'refuse' };
}

/** The plan's listeners; `-l` brings the JTL even if the plan does not ask for it. */
function listenersOf({ listeners }: CompiledPlan, environment: ListenerEnvironment): NamedListener[] {
  const wanted =
    environment.jtl &&
    !listeners.some(({ kind, config }) => kind === 'jtl-csv' && config['file'] === usualJtl)
      ? [{ kind: 'jtl-csv', config: {} }, ...listeners]
      : listeners;
  return wanted.flatMap(({ kind, config }) => {
    const known = listenerKinds.find((one) => one.kind === kind);
    if (!known) return [];
    return [{ kind, essential: known.essential ?? false, listener: known.create(config, environment) }];
  });
}

function monitorsOf({ monitors = [] }: CompiledPlan): NamedMonitor[] {
  return monitors.flatMap(({ config, ...monitor }) => {
    const known = monitorKinds.find(({ kind }) => kind === monitor.kind);
    return known ? [{ ...monitor, open: (environment) => known.open(config, environment) }] : [];
  });
}

function shownProperties(plan: Plan, { properties, secretNames }: CompiledPlan): Record<string, string> {
  return Object.fromEntries(
    plan.properties.flatMap(({ name }) => {
      const value = properties[name];
      return value === undefined ? [] : [[name, secretNames.includes(name) ? '***' : value]];
    }),
  );
}
