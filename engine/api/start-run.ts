import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { tryLines } from '../../listeners/open-lines.ts';
import { writeRunJson } from '../../listeners/run-json.ts';
import { shownResult } from '../../listeners/shown-result.ts';
import { cannotWrite, writeWhole } from '../../listeners/write-whole.ts';
import { proxySecrets } from '../../samplers/http/environment-proxies.ts';
import { startSandboxProcess, type SandboxProcess } from '../../sandbox/child.ts';
import type { CompiledPlan } from '../model/compiled-plan.ts';
import type { EnvironmentProxies } from '../model/environment-proxies.ts';
import type { RunResult } from '../model/run-result.ts';
import { PlanRun } from '../run/plan-run.ts';
import { workersFor } from '../run/pool.ts';
import { plannedDurationMs, usersOfLoad } from '../schedule/planned-times.ts';
import type { Mask } from '../secrets/net.ts';
import { checkWorkers } from './checks/most-workers.ts';
import { plannedConnections } from './checks/planned-connections.ts';
import { preflight } from './checks/preflight.ts';
import { scarcities, supplyOfMachine } from './checks/scarcity.ts';
import { eventListener } from './event-listener.ts';
import { maskedPlan, maskingErrors, maskOf, shortSecrets, withSecrets } from './masking.ts';
import { monitorsOf, planListeners } from './plan-listeners.ts';
import type { Prepared } from './prepare.ts';
import { proxyUse, refuseMistakes } from './proxies.ts';
import { makeResultsFolder, tryResultsFolder } from './results-folder.ts';
import { controlOf } from './run-control.ts';
import { RunEvents } from './run-events.ts';
import type { Run } from './run.ts';
import { factsOf } from './run-facts.ts';
import type { StartOptions, Way } from './start-options.ts';

/**
 * Starts a prepared plan. What stands in the way is found first: results that cannot be written, proxies, a sandbox or a sampler that
 * cannot work. Throws a `UserError`. The load begins once the caller has had its turn, so no event is missed by a handler that is
 * added at once.
 */
export async function startRun(prepared: Prepared, options: StartOptions): Promise<Run> {
  checkWorkers(options.workers);
  const events = new RunEvents();
  if (options.onEvent) events.onAny(options.onEvent);
  const note = (message: string, isWarning = false) => events.emit({ type: 'note', message, isWarning });
  const sources = { line: null, environment: process.env, heeds: true, ...options.proxies };
  const { proxies, ...told } = proxyUse(prepared.compiled, sources);
  refuseMistakes(told);
  await tryTargets(options);
  for (const text of notesOf(prepared, told.lines)) note(text);
  const sandbox = prepared.plan.sandbox ? await startSandboxProcess(prepared.plan.sandbox) : null;
  try {
    const located = sandbox ? prepared.withSandbox(sandbox.variables) : prepared.compiled;
    const compiled = withSecrets(located, proxies ? proxySecrets(proxies) : []);
    const mask = maskOf(compiled);
    for (const text of shortSecrets(prepared.plan, compiled)) note(`Note: ${text}`, true);
    return await maskingErrors(mask, async () => {
      await preflight(compiled, prepared.plan.file, proxies);
      for (const text of scarcities(plannedConnections(compiled), supplyOfMachine()))
        note(`Warning: ${text}`, true);
      return begin({ prepared, compiled, options, mask, sandbox, proxies, events });
    });
  } catch (error) {
    await sandbox?.stop();
    throw error;
  }
}

/** What stands in the way of the results is told before anything is started. */
async function tryTargets({ results, jtl, logFile }: StartOptions): Promise<void> {
  if (results !== undefined && results !== null) await tryResultsFolder(results);
  if (jtl) tryLines(jtl.file, jtl.ifExists);
  if (logFile !== undefined) tryLines(logFile, 'overwrite');
}

function notesOf({ leftOut, withoutLimit }: Prepared, aboutProxies: readonly string[]): string[] {
  return [
    ...aboutProxies,
    ...leftOut.map((text) => `Not judged, as the chosen groups and tags leave it out: ${text}`),
    ...withoutLimit.map((text) => `Note: ${text}`),
  ];
}

interface Ready {
  readonly prepared: Prepared;
  readonly compiled: CompiledPlan;
  readonly options: StartOptions;
  readonly mask: Mask;
  readonly sandbox: SandboxProcess | null;
  readonly proxies: EnvironmentProxies | null;
  readonly events: RunEvents;
}

async function begin(ready: Ready): Promise<Run> {
  const { prepared, options, mask, sandbox, events } = ready;
  const redact = (text: string) => mask(text);
  const way = options.way?.(ready.compiled, redact) ?? null;
  const plan = way?.plan ?? ready.compiled;
  const { users, workers } = countsOf(plan, options);
  const folder = await openResults(ready);
  if (options.logFile !== undefined) await beginAnew(options.logFile);
  const planRun = new PlanRun({ ...runOptions({ ...ready, compiled: plan }, way, folder), workers });
  sandbox?.onLost((how) => planRun.spoil(how));
  const result = performed(planRun, ready).then((measured) => {
    const shown = shownResult(way?.judged(measured) ?? measured, redact);
    events.emit({ type: 'end', result: shown });
    return shown;
  });
  result.catch(() => undefined); // whoever awaits it gets it
  return {
    plan: prepared.plan.name,
    users,
    workers,
    plannedDurationMs: plannedDurationMs(plan.groups),
    folder,
    control: controlOf(planRun),
    events,
    result,
    threadsEnded: () => planRun.threadsEnded,
  };
}

function runOptions(
  { prepared, compiled, options, mask, proxies, events }: Ready,
  way: Way | null,
  folder: string | null,
): Omit<ConstructorParameters<typeof PlanRun>[0], 'workers'> {
  const redact = (text: string) => mask(text);
  return {
    plan: compiled,
    listeners: [
      ...planListeners(compiled, environmentOf(options, folder, redact)),
      ...(way?.listeners ?? []),
      eventListener(events, redact, options.samples ?? false),
    ],
    monitors: monitorsOf(compiled),
    folder,
    ...(options.logFile === undefined ? {} : { logFile: options.logFile }),
    ...(options.logThreshold === undefined ? {} : { logThreshold: options.logThreshold }),
    trustedScripts: options.trustedScripts ?? false,
    proxies,
    graceMs: options.graceMs ?? 30_000,
    redact,
    say: (message) => events.emit({ type: 'problem', message: redact(message) }),
    save: (result) => writeRunJson(folder, way?.judged(result) ?? result, redact),
    observe: (event) => events.emit(event),
    unread: options.unread ?? (() => allRead),
    ...factsOf(prepared, compiled, { proxies, health: way ? 'warn' : options.health }),
  };
}

const allRead = { longestMs: 0, leftOut: 0 };

function environmentOf(options: StartOptions, folder: string | null, redact: (text: string) => string) {
  return {
    folder,
    jtl: options.jtl ?? null,
    say: options.print ?? (() => undefined),
    colours: options.colours ?? false,
    columns: options.columns ?? Infinity,
    summaryIntervalMs: options.summaryIntervalMs ?? 10_000,
    redact,
  };
}

/** Runs it after the caller's turn; the sandbox ends with it. */
async function performed(planRun: PlanRun, { mask, sandbox }: Ready): Promise<RunResult> {
  await new Promise((resolve) => setImmediate(resolve));
  try {
    return await maskingErrors(mask, () => planRun.run());
  } finally {
    await sandbox?.stop();
  }
}

function countsOf({ groups }: CompiledPlan, options: StartOptions) {
  const users = usersOfLoad(groups);
  const workers = options.way ? 1 : (options.workers ?? workersFor(users, availableParallelism()));
  return { users, workers };
}

async function beginAnew(file: string): Promise<void> {
  try {
    await writeFile(file, '');
  } catch (error) {
    throw cannotWrite(file, error);
  }
}

/** Makes the folder of the results, with the plan as it is run; null: nobody wants one. */
async function openResults({ options, prepared, mask }: Ready): Promise<string | null> {
  const { plan } = prepared;
  const { results = null } = options;
  if (results === null) return null;
  const folder = await makeResultsFolder(results, plan.name, new Date());
  await writeWhole(join(folder, 'plan.yaml'), maskedPlan(plan, mask));
  return folder;
}
