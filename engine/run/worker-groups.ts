import { plannedGroup, type LiveLoad } from '../model/live-load.ts';
import type { FromWorker, ToWorker } from '../model/protocol.ts';
import { GroupRun } from '../user/group-run.ts';
import type { LoadTime } from '../user/load-time.ts';
import type { World } from '../user/world.ts';
import { GroupUsers } from './group-users.ts';
import type { ActiveUsers } from './shared-state.ts';
import { UserProgress } from './user-progress.ts';
import type { WorkerMetrics } from './worker-metrics.ts';
import type { WorkerSlot } from './worker-slot.ts';
import type { WorkerTask } from './worker-task.ts';

export interface WorkerGroupsOptions {
  readonly task: Pick<WorkerTask, 'share' | 'shared' | 'load' | 'users'>;
  readonly world: World;
  readonly time: LoadTime;
  readonly metrics: Pick<WorkerMetrics, 'users'>;
  readonly slot: Pick<WorkerSlot, 'countUser'>;
  readonly active: Pick<ActiveUsers, 'add'>;
  /** Sends what has been measured before anything else is sent. */
  flush(): void;
  post(message: FromWorker): void;
}

/** The thread groups that have been started in one worker, and the load as people have set it. */
export class WorkerGroups {
  readonly #options: WorkerGroupsOptions;
  readonly #groups = new Map<number, GroupUsers>();
  #load: LiveLoad;

  constructor(options: WorkerGroupsOptions) {
    this.#options = options;
    this.#load = options.task.load;
    options.time.set(this.#load.pauses);
  }

  set(load: LiveLoad): void {
    this.#load = load;
    this.#options.time.set(load.pauses);
    for (const [index, group] of this.#groups) group.set(load.groups[index] ?? group.load);
  }

  stop(mode: Extract<ToWorker, { type: 'stop' }>['mode']): void {
    for (const group of this.#groups.values()) group.stop(mode);
  }

  stopGroup(group: number): void {
    this.#groups.get(group)?.stop('soon');
  }

  start({ group, startEpochMs, exports }: Extract<ToWorker, { type: 'start' }>): void {
    const { task, metrics, world } = this.#options;
    const config = task.share.plan.groups[group];
    if (!config) throw new Error(`there is no group ${group}`);
    const run = new GroupRun(config, group, world, exports);
    const load = this.#load.groups[group] ?? plannedGroup(config);
    const given = { share: task.share, startEpochMs, load, again: task.users !== null };
    const users = new GroupUsers(run, given, new UserProgress(task.shared, group), {
      started: (again) => this.#count(group, 1, again),
      ended: () => this.#count(group, -1),
      planned: (more) => (metrics.users.added += config.phase === 'main' ? more : 0),
    });
    this.#groups.set(group, users);
    world.trace?.tell({ kind: 'group', group, begins: true });
    users.run((revision) => this.#done(run, revision));
  }

  #done(run: GroupRun, revision: number): void {
    const { config, index: group, exports, failed, firstFailure, loadEndEpochMs } = run;
    this.#options.flush();
    run.world.trace?.tell({ kind: 'group', group, begins: false });
    const loadStartEpochMs = config.setUp ? run.loadStartEpochMs : null;
    const load = { loadStartEpochMs, loadEndEpochMs };
    this.#options.post({ type: 'groupDone', group, revision, exports, failed, firstFailure, ...load });
  }

  /** `again`: the user had been counted before its worker died. */
  #count(group: number, users: 1 | -1, again = false): void {
    const { task, metrics, slot, active } = this.#options;
    active.add(group, users);
    if (task.share.plan.groups[group]?.phase !== 'main') return;
    metrics.users.active += users;
    if (again) return;
    const what = users === 1 ? 'started' : 'finished';
    metrics.users[what] += 1;
    slot.countUser(what);
  }
}
