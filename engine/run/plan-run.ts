import { appendFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { exitCodes, messageOf } from '../model/errors.ts';
import type { CompiledPlan } from '../model/compiled-plan.ts';
import { quietMachine } from '../model/health.ts';
import type { RunInfo } from '../model/listener.ts';
import type { RunWindow } from '../model/metrics.ts';
import type { NamedMonitor } from '../model/monitor.ts';
import type { FromWorker } from '../model/protocol.ts';
import type { RunResult } from '../model/run-result.ts';
import type { Unread } from '../model/unread.ts';
import { plannedDurationMs } from '../schedule/planned-times.ts';
import { readEpochOffsetMs, steadyClock } from './clock.ts';
import { FanOut, type ListenerFailure, type NamedListener } from './fan-out.ts';
import { MachineWatch } from './machine-watch.ts';
import { Monitoring } from './monitoring.ts';
import { unpackSamples } from './packed-samples.ts';
import { Phases } from './phases.ts';
import { Pool } from './pool.ts';
import { MachineFiles } from './read-machine.ts';
import { undoneText } from './undone-text.ts';
import { Reasons } from './reasons.ts';
import { type RunFacts, RunTotals } from './run-totals.ts';
import { RunLog } from './run-log.ts';
import { WindowMerger } from './window-merger.ts';

export interface PlanRunOptions extends RunFacts {
  readonly plan: CompiledPlan;
  readonly listeners: readonly NamedListener[];
  readonly monitors: readonly NamedMonitor[];
  readonly folder: string;
  /** Scripts run as Node's own functions, without the sandbox: faster, and able to do anything. */
  readonly trustedScripts: boolean;
  /** How long iterations may take to finish after a stop. */
  readonly graceMs: number;
  /** Replaces secret values by `***`. */
  redact(text: string): string;
  /** Something to tell people at once. Never throws. */
  say(message: string): void;
  /** Writes the result, whatever the listeners: the last thing that is done. */
  save(result: RunResult): void;
  /** How well people read what they are told. */
  unread(): Unread;
}

/**
 * How a run is stopped. `graceful`: iterations under way finish, tear-down runs. `now`: what is in flight ends,
 * tear-down runs. `quit`: out within a second, with whatever has been measured.
 */
export type StopMode = 'graceful' | 'now' | 'quit';

const windowMs = 1000;
const mostProblems = 100;
/** What `quit` gives the workers to send what they have. */
const quitMs = 300;

/** One run of a plan, from the first worker to the verdict. */
export class PlanRun {
  readonly #options: PlanRunOptions;
  readonly #epochOffsetMs = readEpochOffsetMs();
  readonly #clock = steadyClock(this.#epochOffsetMs);
  readonly #reasons = new Reasons();
  readonly #fanOut: FanOut;
  readonly #phases: Phases;
  readonly #merger: WindowMerger;
  readonly #totals: RunTotals;
  readonly #monitoring: Monitoring;
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #log: RunLog;
  #watch: MachineWatch | null = null;
  #pool: Pool | null = null;
  #ready = 0;
  #allReady: () => void = () => undefined;
  #quit: () => void = () => undefined;
  readonly #quitting = new Promise<void>((resolve) => (this.#quit = resolve));
  #stopped: StopMode | null = null;
  readonly #told = new Set<string>();

  constructor(options: PlanRunOptions) {
    this.#options = options;
    this.#totals = new RunTotals(options.plan, options);
    this.#log = new RunLog({
      append: (text) => appendFileSync(join(options.folder, 'run.log'), text),
      say: (line) => options.say(line),
      redact: (text) => options.redact(text),
      nowEpochMs: this.#clock.nowEpochMs,
    });
    this.#fanOut = new FanOut(options.listeners, (failure) => this.#listenerFailed(failure));
    this.#merger = new WindowMerger(options.workers, (window) => this.#windowDone(window));
    this.#monitoring = new Monitoring({
      monitors: options.monitors,
      clock: this.#clock,
      say: (message) => options.say(message),
      redact: (text) => options.redact(text),
    });
    this.#phases = new Phases({
      plan: options.plan,
      workers: options.workers,
      nowEpochMs: this.#clock.nowEpochMs,
      sendToAll: (message) => this.#pool?.sendToAll(message),
    });
  }

  /** Stops the run from outside, for the given reason. A graver mode may follow a lighter one. */
  interrupt(mode: StopMode, reason: string): void {
    this.#reasons.add(exitCodes.interrupted, reason);
    this.#stop(mode);
  }

  /** Runs the plan. Rejects only for what refuses the run before any load. */
  async run(): Promise<RunResult> {
    const startEpochMs = this.#clock.nowEpochMs();
    await this.#monitoring.open();
    await this.#fanOut.start(this.#info(startEpochMs));
    await Promise.race([this.#perform(), this.#quitting]);
    void this.#monitoring.end();
    const deadline = this.#stopped === 'quit' ? this.#after(quitMs) : new Promise<void>(() => undefined);
    this.#pool?.sendToAll({ type: 'end' });
    await Promise.race([this.#pool?.ended(), deadline]);
    const result = await this.#finish(startEpochMs, deadline);
    for (const timer of this.#timers) clearTimeout(timer);
    await this.#pool?.destroy();
    return result;
  }

  async #perform(): Promise<void> {
    await this.#startWorkers();
    await this.#phases.run('setUp');
    if (this.#phases.setUpFailure) {
      this.#reasons.add(
        exitCodes.thresholdFailed,
        `set-up failed, so no load was started: ${this.#phases.setUpFailure}`,
      );
    } else if (this.#stopped === null) {
      this.#watch = new MachineWatch({
        nowEpochMs: this.#clock.nowEpochMs,
        wallEpochMs: Date.now,
        files: new MachineFiles(),
        unread: () => this.#options.unread(),
        intervalMs: windowMs,
      });
      this.#monitoring.start();
      await this.#phases.run('main');
      await this.#monitoring.stop();
    }
    if (this.#isQuitting()) return;
    this.#phases.resume();
    await this.#phases.run('tearDown');
  }

  #isQuitting(): boolean {
    return this.#stopped === 'quit';
  }

  async #startWorkers(): Promise<void> {
    const { plan, workers, seed } = this.#options;
    const ready = new Promise<void>((resolve) => (this.#allReady = resolve));
    this.#pool = new Pool({
      plan,
      workers,
      seed,
      windowMs,
      trustedScripts: this.#options.trustedScripts,
      graceMs: this.#options.graceMs,
      planFolder: dirname(resolve(this.#options.planFile)),
      epochOffsetMs: this.#epochOffsetMs,
      wantsSamples: this.#fanOut.wantsSamples,
      receive: (worker, message) => this.#receive(worker, message),
      died: (worker, error) => this.#workerDied(worker, error),
    });
    await ready;
  }

  #receive(worker: number, message: FromWorker): void {
    switch (message.type) {
      case 'ready':
        this.#workerReady();
        break;
      case 'samples':
        void this.#fanOut
          .samples(unpackSamples(message.batch))
          .then(() => this.#pool?.send(worker, { type: 'taken', batches: 1 }));
        break;
      case 'window':
        this.#totals.add(message.window);
        this.#merger.add(message.window);
        break;
      case 'groupDone':
        this.#phases.groupDone(message);
        break;
      case 'stopTest':
        this.#reasons.add(exitCodes.thresholdFailed, `stopped by the plan: ${message.reason}`);
        this.#stop(message.mode);
        break;
      case 'stopGroup':
        this.#options.say(`a group is stopped by the plan: ${message.reason}`);
        this.#pool?.sendToAll({ type: 'stopGroup', group: message.group });
        break;
      case 'property':
        this.#pool?.sendToAll({ ...message, worker });
        break;
      case 'log':
        this.#log.add(message.lines, message.leftOut);
        break;
      case 'problem':
        this.#problemFound(message);
        break;
    }
  }

  /** All workers have told of a second: with what monitors have read until now it goes to the listeners. */
  #windowDone(window: RunWindow): void {
    const monitored = this.#monitoring.takeWindow();
    this.#totals.addMetrics(monitored);
    const metrics = [...(window.metrics ?? []), ...monitored];
    void this.#fanOut.window(metrics.length > 0 ? { ...window, metrics } : window);
  }

  #workerReady(): void {
    this.#ready += 1;
    if (this.#ready === this.#options.workers) this.#allReady();
  }

  #problemFound({ message, failsRun = false }: Extract<FromWorker, { type: 'problem' }>): void {
    if (failsRun) this.#reasons.add(exitCodes.thresholdFailed, message);
    this.#sayOnce(message);
  }

  /** A fault that comes with every sample is told once. */
  #sayOnce(message: string): void {
    if (this.#told.has(message) || this.#told.size >= mostProblems) return;
    this.#told.add(message);
    this.#options.say(message);
    if (this.#told.size === mostProblems) this.#options.say('further problems are not told');
  }

  #stop(mode: StopMode): void {
    if (
      this.#stopped === 'quit' ||
      this.#stopped === mode ||
      (this.#stopped === 'now' && mode === 'graceful')
    )
      return;
    this.#stopped = mode;
    this.#phases.stop();
    this.#pool?.sendToAll({ type: 'stop', mode });
    if (mode === 'quit') this.#quit();
    if (mode === 'graceful') void this.#after(this.#options.graceMs).then(() => this.#stop('now'));
  }

  #workerDied(worker: number, error: Error): void {
    const { workers } = this.#options;
    const text = `worker ${worker + 1} of ${workers} ended early: ${error.message}. What it had sent is kept; its users are lost.`;
    this.#reasons.add(exitCodes.crashed, text);
    this.#options.say(text);
    this.#merger.leave(worker);
    this.#phases.workerDied();
    this.#allReady();
    this.#stop('graceful');
  }

  #listenerFailed({ kind, message, essential }: ListenerFailure): void {
    this.#options.say(`listener ${kind}: ${message}`);
    if (!essential) return;
    this.#resultsLost(message);
    this.#stop('now');
  }

  async #finish(startEpochMs: number, deadline: Promise<void>): Promise<RunResult> {
    this.#merger.flush();
    this.#totals.addMetrics(this.#monitoring.takeWindow());
    this.#log.end();
    await Promise.race([this.#fanOut.samples([]), deadline]);
    const endEpochMs = this.#clock.nowEpochMs();
    const { loadStartEpochMs, loadEndEpochMs } = this.#phases;
    const load = { startEpochMs: loadStartEpochMs ?? startEpochMs, endEpochMs: loadEndEpochMs ?? endEpochMs };
    const machine = this.#watch?.end() ?? quietMachine;
    const totals = await this.#totals.result({
      startEpochMs,
      endEpochMs,
      load,
      reasons: this.#reasons,
      machine,
    });
    const result = { ...totals, ...this.#monitoring.result() };
    const undone = result.cleanUp ? undoneText(result.cleanUp) : null;
    if (undone !== null) this.#options.say(undone);
    await Promise.race([this.#fanOut.end(result), deadline]);
    this.#fanOut.abandon();
    return this.#save(result);
  }

  /** A listener may have failed in its last step, and the result may not be saved: the verdict says so. */
  #save(result: RunResult): RunResult {
    const judged = () => ({ ...result, verdict: this.#totals.verdict(this.#reasons, result) });
    try {
      this.#options.save(judged());
    } catch (error) {
      this.#resultsLost(messageOf(error));
    }
    return judged();
  }

  #resultsLost(message: string): void {
    this.#reasons.add(exitCodes.resultsLost, `results could not be written: ${message}`);
  }

  #info(startEpochMs: number): RunInfo {
    const { plan, planFile, environment, workers, folder } = this.#options;
    return {
      plan: plan.name,
      planFile,
      environment,
      startEpochMs,
      users: this.#totals.plannedUsers,
      workers,
      expectedDurationMs: plannedDurationMs(plan.groups),
      folder,
    };
  }

  #after(ms: number): Promise<void> {
    return new Promise((resolve) => this.#timers.add(setTimeout(resolve, ms)));
  }
}
