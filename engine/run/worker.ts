import { samplers } from '../../samplers/index.ts';
import { loadKinds } from '../elements/load-kinds.ts';
import { askedOf } from '../model/asked.ts';
import { messageOf } from '../model/errors.ts';
import type { FromWorker, ToWorker } from '../model/protocol.ts';
import type { ScriptEngine } from '../model/script.ts';
import type { OpenSampler, UserHandle } from '../model/sampler.ts';
import type { TraceEvent } from '../model/trace.ts';
import { Carry } from '../user/carry.ts';
import { secretNet } from '../secrets/net.ts';
import { knownConfigs } from '../model/known-part.ts';
import { walkGroup } from '../model/walk-steps.ts';
import { LoadTime } from '../user/load-time.ts';
import { traceOf } from '../user/trace.ts';
import { UnderWay } from '../user/under-way.ts';
import type { World } from '../user/world.ts';
import { steadyClock } from './clock.ts';
import { LiveProperties } from './live-properties.ts';
import { LogLines } from './log-lines.ts';
import { Outbox } from './outbox.ts';
import { packCarrying, packSamples } from './packed-samples.ts';
import { loadScripts } from './load-scripts.ts';
import { planHost, type PlanHost } from './plan-host.ts';
import { rememberedFiles } from './remembered-files.ts';
import { Places } from './places.ts';
import { SharedNames } from './shared-names.ts';
import { poolPlaces } from './pool-places.ts';
import { ActiveUsers, SharedElements, sharedCounters } from './shared-state.ts';
import { WorkerMetrics } from './worker-metrics.ts';
import { laidToSamples } from './stray-failure.ts';
import { ownThread } from './thread-time.ts';
import { WorkerGroups } from './worker-groups.ts';
import { WorkerSlot } from './worker-slot.ts';
import type { WorkerTask } from './worker-task.ts';

const flushMs = 100;
/** How long a sampler may take to close. */
const closeMs = 5000;

/**
 * The one long task of a worker: opens the samplers, runs the groups it is told to start, and ends when told.
 *
 * It is stopped by message. Aborting the task would kill the thread and lose what it measured.
 */
export default async function worker(task: WorkerTask): Promise<void> {
  const scripts = await loadScripts(task.share.plan, task.trustedScripts);
  const running = new RunningWorker(task, scripts);
  await running.open();
  await running.ended;
}

class RunningWorker {
  readonly #task: WorkerTask;
  readonly #world: World;
  readonly #host: PlanHost;
  readonly #log: LogLines;
  readonly #properties: LiveProperties;
  readonly #metrics: WorkerMetrics;
  readonly #outbox: Outbox;
  readonly #active: ActiveUsers;
  readonly #slot: WorkerSlot;
  readonly #samplers = new Map<string, OpenSampler>();
  readonly #underWay = new UnderWay();
  readonly #groups: WorkerGroups;
  readonly #elements: SharedElements;
  readonly #timers: NodeJS.Timeout[] = [];
  readonly ended: Promise<void>;
  #end: () => void = () => undefined;

  constructor(task: WorkerTask, scripts: ScriptEngine) {
    this.#task = task;
    const { share } = task;
    const clock = steadyClock(task.epochOffsetMs);
    const [shared, names] = [new SharedElements(task.shared, share.index), new SharedNames(task.shared)];
    this.#elements = shared;
    this.ended = new Promise((resolve) => (this.#end = resolve));
    const loadTime = new LoadTime(clock.nowEpochMs);
    this.#active = new ActiveUsers(task.shared);
    this.#metrics = new WorkerMetrics(share.plan, clock.nowEpochMs);
    if (task.users) this.#metrics.goOnFrom(task.users);
    this.#slot = new WorkerSlot(task.shared, share.index);
    const { carried } = share.plan;
    this.#outbox = this.#makeOutbox(clock.nowEpochMs, carried ? packCarrying : packSamples);
    this.#properties = new LiveProperties(share.plan.properties, share.index, (name, value) =>
      this.#post({ type: 'property', name, value }),
    );
    this.#log = new LogLines(clock.nowEpochMs, task.logThreshold);
    this.#host = planHost(task.planFolder, this.#log.add);
    this.#world = {
      clock,
      loadTime,
      seed: share.seed,
      properties: this.#properties.values,
      setProperty: this.#properties.set,
      variables: new Map(Object.entries(share.plan.variables)),
      counters: sharedCounters(task.shared, names),
      lock: names.lock,
      host: this.#host,
      planName: share.plan.name,
      scripts,
      pools: poolPlaces(share.plan.pools, task.shared, share.index),
      sharedAdd: shared.add,
      sharedTime: shared.time,
      meet: shared.meet,
      samplers: this.#samplers,
      underWay: this.#underWay,
      carry: carried ? new Carry(carried, share.plan.secretNames) : null,
      trace: traceOf(share.plan, (event) => this.#tell(event)),
      ...this.#counting(),
      ...this.#reporting(),
      endUser: (user) => this.#endUser(user),
      keptBySetUp: [],
      graceMs: task.graceMs,
      room: this.#outbox.room,
      activeOf: this.#active.of,
      activeInAll: this.#active.inAll,
    };
    this.#groups = this.#makeGroups(loadTime);
  }

  #makeGroups(time: LoadTime): WorkerGroups {
    return new WorkerGroups({
      task: this.#task,
      world: this.#world,
      time,
      metrics: this.#metrics,
      slot: this.#slot,
      active: this.#active,
      flush: () => this.#outbox.flush(),
      post: (message) => this.#post(message),
    });
  }

  #makeOutbox(nowEpochMs: () => number, pack: typeof packSamples): Outbox {
    return new Outbox({
      batchSize: 256,
      batchesUnderway: 256,
      send: (batch) => this.#post({ type: 'samples', batch: pack(batch) }),
      nowEpochMs,
    });
  }

  #endUser(user: UserHandle): void {
    for (const sampler of this.#samplers.values()) sampler.endUser?.(user);
  }

  /** Where what users do is counted, and how labels are kept free of secrets. */
  #counting(): Pick<
    World,
    | 'mask'
    | 'record'
    | 'recordMetric'
    | 'compare'
    | 'skip'
    | 'countStaleReuses'
    | 'countMiss'
    | 'countCleanUp'
    | 'countSetUpFailure'
    | 'countEndedEarly'
  > {
    const { secrets } = this.#task.share.plan;
    return {
      // Hosts are no part of what a label takes from variables.
      mask: secrets.length > 0 ? secretNet(secrets) : null,
      record: (sample, group) => {
        if (this.#metrics.record(sample, group)) this.#slot.countRecorded();
        if (this.#task.wantsSamples) this.#outbox.add(sample);
      },
      recordMetric: this.#metrics.recordMetric,
      compare: this.#metrics.compare,
      skip: (label) => this.#metrics.aside.skip(label),
      countStaleReuses: (label, count) => this.#metrics.aside.countStaleReuses(label, count),
      countMiss: (label, variable) => this.#metrics.aside.countMiss(label, variable),
      countCleanUp: (what, failure) => {
        this.#metrics.aside.countCleanUp(what, failure);
        this.#slot.countCleanUp(what);
      },
      countSetUpFailure: () => (this.#metrics.users.setUpFailed += 1),
      countEndedEarly: (reason) => this.#metrics.countEndedEarly(reason),
    };
  }

  /** What users note and say. */
  #reporting(): Pick<World, 'mark' | 'unmark' | 'stopTest' | 'stopGroup' | 'problem'> {
    const [slot, { numberOf }] = [this.#slot, new Places(this.#task.share.plan)];
    return {
      mark: (group, step, element) => slot.mark(group, numberOf(step), numberOf(element ?? null)),
      unmark: slot.unmark,
      stopTest: (mode, reason) => this.#post({ type: 'stopTest', mode, reason }),
      stopGroup: (group, reason) => this.#post({ type: 'stopGroup', group, reason }),
      problem: (message) => this.#post({ type: 'problem', message }),
    };
  }

  async open(): Promise<void> {
    const { share, port, windowMs } = this.#task;
    this.#slot.thread = ownThread();
    // A stray failure of one user must not take its neighbours with it.
    process.on('uncaughtException', (error) => this.#stray(error));
    process.on('unhandledRejection', (reason) => this.#stray(reason));
    await loadKinds(share.plan.groups);
    const users = share.plan.groups.reduce((sum, group) => sum + Math.ceil(group.threads / share.of), 0);
    const readBytes = rememberedFiles(this.#host.readBytes);
    const pathOf = (path: string) => this.#host.pathOf(path);
    const steps = share.plan.groups.flatMap((group) => [...walkGroup(group)]);
    for (const kind of new Set(steps.flatMap((step) => (step.type === 'sampler' ? step.sampler : [])))) {
      const sampler = samplers.get(kind);
      if (!sampler) throw new Error(`unknown sampler ${kind}`);
      const told = { known: knownConfigs(steps, kind), asked: askedOf(share.plan) };
      const options = { users, readBytes, pathOf, ...told, proxies: this.#task.proxies };
      this.#samplers.set(kind, await sampler.open(options));
    }
    this.#timers.push(setInterval(() => this.#flush(), flushMs));
    this.#timers.push(setInterval(() => this.#sendWindow(), windowMs));
    port.on('message', (message: ToWorker) => this.#receive(message));
    this.#post({ type: 'ready' });
  }

  #receive(message: ToWorker): void {
    switch (message.type) {
      case 'start':
        this.#groups.start(message);
        break;
      case 'stop':
        this.#stop(message.mode);
        break;
      case 'stopGroup':
        this.#groups.stopGroup(message.group);
        break;
      case 'load':
        this.#groups.set(message.load);
        this.#elements.lookAgain();
        break;
      case 'property':
        this.#properties.received(message.worker, message.name, message.value);
        break;
      case 'taken':
        this.#outbox.taken(message.batches);
        break;
      case 'end':
        void this.#close();
        break;
    }
  }

  #stop(mode: Extract<ToWorker, { type: 'stop' }>['mode']): void {
    this.#groups.stop(mode);
    if (mode === 'graceful' || mode === 'soon') return;
    for (const sampler of this.#samplers.values()) sampler.abort?.();
    this.#underWay.stop(this.#world.clock.nowEpochMs());
  }

  #flush(): void {
    this.#underWay.check(this.#world.clock.nowEpochMs());
    this.#slot.breathe();
    this.#outbox.flush();
    const logged = this.#log.take();
    if (logged) this.#post({ type: 'log', ...logged });
  }

  /** After the samples that it counts: what comes after a window is not in it. */
  #sendWindow(): void {
    this.#outbox.flush();
    this.#post({
      type: 'window',
      window: this.#metrics.window(this.#task.share.index, this.#outbox.takeHeldBackMs()),
    });
    if (this.#metrics.takeOverflow()) {
      this.#world.problem(
        'there are more than 2,000 labels: further ones are counted together as "(other labels)"',
      );
    }
  }

  async #close(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    this.#sendWindow();
    await Promise.all([...this.#samplers].map(([kind, sampler]) => this.#closeSampler(kind, sampler)));
    this.#flush();
    this.#sendWindow();
    this.#metrics.stop();
    this.#world.scripts.close();
    this.#host.close();
    this.#task.port.close();
    this.#end();
  }

  /** Other people's code: it may fail, or never end. */
  async #closeSampler(kind: string, sampler: OpenSampler): Promise<void> {
    const { clock } = this.#world;
    const limit = clock.sleepUntil(clock.nowEpochMs() + closeMs);
    const closed = Promise.resolve(sampler.close()).then(() => '', messageOf);
    const failure = await Promise.race([
      closed,
      limit.done.then(() => `it took longer than ${closeMs / 1000}s`),
    ]);
    limit.cancel();
    if (failure !== '') this.#world.problem(`the sampler ${kind} could not be closed: ${failure}`);
  }

  #stray(error: unknown): void {
    const reason = laidToSamples(error, this.#underWay);
    if (reason !== null) this.#post({ type: 'problem', message: reason, failsRun: true });
    this.#world.problem(
      `unexpected failure in a worker: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
  }

  /** After the samples before. */
  #tell(event: TraceEvent): void {
    this.#outbox.flush();
    this.#post({ type: 'trace', event });
  }

  #post(message: FromWorker): void {
    this.#task.port.postMessage(message);
  }
}
