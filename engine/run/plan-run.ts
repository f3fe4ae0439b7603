import { dirname, resolve } from 'node:path';
import type { Phase } from '../model/compiled-plan.ts';
import { exitCodes, messageOf, type ExitCode } from '../model/errors.ts';
import type { LiveLoad } from '../model/live-load.ts';
import type { RunWindow } from '../model/metrics.ts';
import type { SharedState, ToWorker } from '../model/protocol.ts';
import type { RunResult } from '../model/run-result.ts';
import type { StopMode } from '../model/stop-mode.ts';
import { formatMs } from '../model/units.ts';
import { longestTimerMs, readEpochOffsetMs, steadyClock } from './clock.ts';
import { FanOut, type ListenerFailure } from './fan-out.ts';
import { endThreads } from './end-threads.ts';
import { Inbox } from './inbox.ts';
import { Monitoring } from './monitoring.ts';
import { Phases } from './phases.ts';
import { unendedText } from './loss-text.ts';
import { LoadControl } from './load-control.ts';
import { LoadWatch } from './load-watch.ts';
import { LostWorkers } from './lost-workers.ts';
import { late, OwnTime } from './own-time.ts';
import type { PlanRunOptions } from './plan-run-options.ts';
import { Pool } from './pool.ts';
import { makeSharedState } from './shared-state.ts';
import { undoneText } from './undone-text.ts';
import { Reasons } from './reasons.ts';
import { RunTotals } from './run-totals.ts';
import { runInfo } from './run-info.ts';
import { logFile, RunLog } from './run-log.ts';
import { Signal } from './signal.ts';
import { WindowMerger } from './window-merger.ts';

/** `quit` gives the workers so long to send what they have, and their threads so long to end. */
const [windowMs, quitMs, quitThreadsMs] = [1000, 300, 300];
/** How long workers may take to close, users after the grace period, and threads to end. */
const [closeMs, lastMs, threadsMs] = [10_000, 5000, 2000];

const gravity = { graceful: 1, soon: 2, now: 3, quit: 4 } as const satisfies Record<StopMode, number>;

/** One run of a plan, from the first worker to the verdict. */
export class PlanRun {
  /** False after the run: a thread stands in a call of the system, and Node would wait for it before the process ends. */
  threadsEnded = true;
  readonly #options: PlanRunOptions;
  readonly #shared: SharedState;
  readonly #lost: LostWorkers;
  readonly #inbox: Inbox;
  readonly #time: OwnTime;
  readonly #epochOffsetMs = readEpochOffsetMs();
  readonly #clock = steadyClock(this.#epochOffsetMs);
  readonly #reasons = new Reasons();
  readonly #fanOut: FanOut;
  readonly #phases: Phases;
  readonly #control: LoadControl;
  readonly #merger: WindowMerger;
  readonly #totals: RunTotals;
  readonly #monitoring: Monitoring;
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #log: RunLog;
  readonly #watch: LoadWatch;
  #pool: Pool | null = null;
  readonly #ready = new Set<number>();
  #ending = false;
  #refused = false;
  readonly #allReady = new Signal();
  readonly #quitting = new Signal();
  #stopped: StopMode | null = null;
  /** The phase under way. */
  #running: Promise<void> = Promise.resolve();

  constructor(options: PlanRunOptions) {
    this.#options = options;
    this.#time = new OwnTime(() => this.#clock.nowEpochMs());
    this.#shared = makeSharedState(options.plan, options.workers);
    this.#totals = new RunTotals(options.plan, options);
    const { nowEpochMs } = this.#clock;
    this.#watch = new LoadWatch({ ...options, totals: this.#totals, intervalMs: windowMs, nowEpochMs });
    this.#log = new RunLog({ ...options, append: logFile(options), nowEpochMs });
    this.#fanOut = new FanOut(options.listeners, (failure) => this.#listenerFailed(failure), this.#time);
    this.#merger = new WindowMerger(options.workers, (window) => this.#windowDone(window));
    this.#monitoring = new Monitoring({ ...options, clock: this.#clock, time: this.#time });
    const sendToAll = (message: ToWorker) => this.#pool?.sendToAll(message);
    this.#phases = new Phases({ ...options, nowEpochMs, sendToAll });
    const send = (load: LiveLoad) => sendToAll({ type: 'load', load });
    this.#control = new LoadControl({ ...options, phases: this.#phases, nowEpochMs, send });
    this.#lost = this.#lostWorkers();
    this.#inbox = this.#makeInbox(sendToAll);
    this.#time.onBeat((passedMs) => this.#lost.beat(passedMs));
  }

  #lostWorkers(): LostWorkers {
    return new LostWorkers({
      ...this.#options,
      shared: this.#shared,
      phases: this.#phases,
      merger: this.#merger,
      totals: this.#totals,
      pool: () => this.#pool,
      goesOn: () => !this.#ending && this.#stopped !== 'quit',
      load: () => this.#control.load,
      properties: () => this.#inbox.properties,
      lost: (text) => this.#notPassed(this.#isQuitting() ? exitCodes.interrupted : exitCodes.crashed, text),
      refused: (text) => this.#refuse(text),
    });
  }

  #makeInbox(sendToAll: (message: ToWorker) => void): Inbox {
    return new Inbox({
      lost: this.#lost,
      fanOut: this.#fanOut,
      totals: this.#totals,
      merger: this.#merger,
      phases: this.#phases,
      log: this.#log,
      ready: (worker) => this.#workerReady(worker),
      stop: (mode) => this.#stop(mode),
      failed: (code, reason) => this.#reasons.add(code, reason),
      sendToAll,
      say: (text) => this.#options.say(text),
    });
  }

  /** Stops the run from outside, for the given reason. A graver mode may follow a lighter one. */
  interrupt(mode: StopMode, reason: string): void {
    this.#reasons.add(exitCodes.interrupted, reason);
    this.#stop(mode);
  }

  /** No new iteration of the load starts until `resume`; the plan's times come later by as much. */
  pause(reason?: string): void {
    this.#control.pause(reason);
  }

  resume(reason?: string): void {
    this.#control.resume(reason);
  }

  /** Sets the number of users of a thread group. Throws a `UserError` for what cannot be set. */
  setThreads(group: string, threads: number, reason?: string): void {
    this.#control.setThreads(group, threads, reason);
  }

  /** No new iteration starts in the group until `enable`; its time passes on. Throws a `UserError` as `setThreads` does. */
  disable(group: string, reason?: string): void {
    this.#control.setEnabled(group, false, reason);
  }

  enable(group: string, reason?: string): void {
    this.#control.setEnabled(group, true, reason);
  }

  /** Something besides the load went wrong, such as the sandbox: the run goes on, and does not pass. */
  spoil(text: string): void {
    this.#notPassed(exitCodes.crashed, text);
  }

  /** Runs the plan. Rejects only for what refuses the run before any load. */
  async run(): Promise<RunResult> {
    this.#time.start();
    try {
      const startEpochMs = this.#clock.nowEpochMs();
      await this.#monitoring.open();
      await this.#fanOut.start(runInfo(this.#options, this.#totals.plannedUsers, startEpochMs));
      await Promise.race([this.#perform(), this.#quitting.given]);
      void this.#monitoring.end();
      const deadline = this.#quitting.given.then(() => this.#after(quitMs));
      await this.#endWorkers(deadline);
      const result = await this.#finish(startEpochMs, deadline);
      const limit = Promise.race([this.#after(threadsMs), deadline.then(() => this.#after(quitThreadsMs))]);
      if (this.#pool) this.threadsEnded = await endThreads(this.#pool, this.#lost.endedThreads, limit);
      return result;
    } finally {
      for (const timer of this.#timers) clearTimeout(timer);
      this.#time.stop();
    }
  }

  /** Those that do not end by themselves are ended; those that do not even do that are left behind. */
  async #endWorkers(deadline: Promise<void>): Promise<void> {
    this.#ending = true;
    const pool = this.#pool;
    if (!pool) return;
    if (this.#refused) this.#lost.endAll('was not needed');
    else pool.sendToAll({ type: 'end' });
    const ended = () => Promise.race([this.#time.within(pool.ended(), closeMs), deadline]);
    const how = () => `did not end within ${formatMs(this.#isQuitting() ? quitMs : closeMs)}`;
    if ((await ended()) === late) {
      this.#lost.endAll(how());
      await ended();
    }
    for (const worker of pool.running) this.#lost.settle(worker, how());
  }

  async #perform(): Promise<void> {
    await this.#startWorkers();
    if (this.#refused) return;
    await this.#phase('setUp');
    if (this.#phases.setUpFailure) {
      this.#reasons.add(
        exitCodes.thresholdFailed,
        `set-up failed, so no load was started: ${this.#phases.setUpFailure}`,
      );
    } else if (this.#stopped === null) {
      this.#watch.start();
      this.#monitoring.start();
      await this.#phase('main');
      this.#control.end();
      await this.#monitoring.stop();
    }
    if (this.#isQuitting()) return;
    this.#phases.resume();
    await this.#phase('tearDown');
  }

  /** Users end by themselves; after a stop they are not waited for without end. */
  async #phase(phase: Phase): Promise<void> {
    this.#options.observe?.({ type: 'phase', phase, atEpochMs: this.#clock.nowEpochMs() });
    this.#running = this.#phases.run(phase);
    if (this.#stopped !== null) this.#limitPhase();
    await this.#running;
  }

  #limitPhase(): void {
    const { graceMs } = this.#options;
    const running = this.#running;
    void this.#time.within(running, graceMs + lastMs).then((how) => {
      if (how !== late || running !== this.#running) return;
      const users = this.#lost.abandonUsers();
      this.#notPassed(exitCodes.interrupted, unendedText(users, graceMs + lastMs));
    });
  }

  #isQuitting(): boolean {
    return this.#stopped === 'quit';
  }

  async #startWorkers(): Promise<void> {
    this.#pool = new Pool({
      ...this.#options,
      windowMs,
      planFolder: dirname(resolve(this.#options.planFile)),
      epochOffsetMs: this.#epochOffsetMs,
      wantsSamples: this.#fanOut.wantsSamples,
      shared: this.#shared,
      time: this.#time,
      load: () => this.#control.load,
      receive: (worker, message, reply) => this.#inbox.receive(worker, message, reply),
      died: (worker, error) => this.#lost.died(worker, error),
    });
    await this.#allReady.given;
  }

  /** All workers have told of a second: with what monitors have read until now it goes to the listeners. */
  #windowDone(window: RunWindow): void {
    const monitored = this.#monitoring.takeWindow();
    this.#totals.addMetrics(monitored);
    const metrics = [...(window.metrics ?? []), ...monitored];
    void this.#fanOut.window(metrics.length > 0 ? { ...window, metrics } : window);
    this.#watch.counted(window.toEpochMs);
  }

  #workerReady(worker: number): void {
    this.#ready.add(worker);
    this.#lost.ready(worker);
    if (this.#ready.size === this.#options.workers) this.#allReady.give();
  }

  #stop(mode: StopMode): void {
    if (this.#stopped !== null && gravity[mode] <= gravity[this.#stopped]) return;
    this.#stopped = mode;
    this.#control.close('the run is being stopped');
    this.#phases.stop();
    this.#pool?.sendToAll({ type: 'stop', mode });
    if (mode === 'quit') this.#quitting.give();
    if (mode === 'now') this.#limitPhase();
    if (mode === 'graceful' || mode === 'soon')
      void this.#after(this.#options.graceMs).then(() => this.#stop('now'));
  }

  /** A worker could not start: no load, and nothing to tear down. The first is enough to know. */
  #refuse(text: string): void {
    if (!this.#refused) this.#reasons.add(exitCodes.crashed, text);
    this.#refused = true;
    this.#allReady.give();
  }

  #notPassed(code: ExitCode, text: string): void {
    this.#reasons.add(code, text);
    this.#options.say(text);
  }

  #listenerFailed({ kind, message, essential }: ListenerFailure): void {
    this.#options.say(`listener ${kind}: ${message}`);
    if (!essential) return;
    this.#resultsLost(`listener ${kind}: ${message}`);
    this.#stop('now');
  }

  async #finish(startEpochMs: number, deadline: Promise<void>): Promise<RunResult> {
    this.#merger.flush();
    this.#totals.addMetrics(this.#monitoring.takeWindow());
    this.#log.end();
    await Promise.race([this.#fanOut.samples([]), deadline]);
    const endEpochMs = this.#clock.nowEpochMs();
    const totals = await this.#totals.result({
      startEpochMs,
      endEpochMs,
      spans: this.#phases.load.spans({ startEpochMs, endEpochMs }, this.#control.load.pauses),
      reasons: this.#reasons,
      machine: this.#watch.end(),
    });
    const result = {
      ...totals,
      ...this.#control.result(),
      ...this.#monitoring.result(),
      ...this.#lost.result(),
    };
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

  #after(ms: number): Promise<void> {
    return new Promise((resolve) => this.#timers.add(setTimeout(resolve, Math.min(ms, longestTimerMs))));
  }
}
