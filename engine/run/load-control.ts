import type { CompiledGroup, CompiledPlan } from '../model/compiled-plan.ts';
import { didYouMean } from '../model/did-you-mean.ts';
import { UserError } from '../model/errors.ts';
import { mostUsers } from '../model/load-keys.ts';
import {
  plannedLoad,
  type GroupLoad,
  type LiveLoad,
  type LoadAction,
  type Pause,
} from '../model/live-load.ts';
import type { RunResult } from '../model/run-result.ts';
import type { Phases } from './phases.ts';

export interface LoadControlOptions {
  readonly plan: Pick<CompiledPlan, 'groups'>;
  readonly phases: Pick<Phases, 'hasEnded' | 'reopen'>;
  nowEpochMs(): number;
  /** Replaces secret values by `***`. */
  redact(text: string): string;
  /** Tells all workers. */
  send(load: LiveLoad): void;
}

/** What people do to the load while it runs: as it stands now, and what was done when. */
export class LoadControl {
  readonly #options: LoadControlOptions;
  readonly #actions: LoadAction[] = [];
  #load: LiveLoad;
  /** Why nothing can be changed any more. */
  #closed: string | null = null;

  constructor(options: LoadControlOptions) {
    this.#options = options;
    this.#load = plannedLoad(options.plan.groups);
  }

  /** For workers: the whole of it. */
  get load(): LiveLoad {
    return this.#load;
  }

  pause(reason?: string): void {
    if (this.#closed !== null || this.#pauseUnderWay()) return;
    const atEpochMs = this.#did('pause', {}, reason);
    this.#change({ pauses: [...this.#load.pauses, { fromEpochMs: atEpochMs, toEpochMs: null }] });
  }

  resume(reason?: string): void {
    if (this.#closed !== null || !this.#pauseUnderWay()) return;
    this.#endPause(this.#did('resume', {}, reason));
  }

  setThreads(name: string, threads: number, reason?: string): void {
    const group = this.#groupOf(name);
    if (!Number.isInteger(threads) || threads < 0 || threads > mostUsers) {
      const expected = `expected a whole number of threads from 0 to ${mostUsers}`;
      throw new UserError(`${expected} for the thread group "${name}", found ${threads}`);
    }
    const load = this.#load.groups[group];
    if (!load || load.threads === threads) return;
    this.#did('setThreads', { group: name, threads }, reason);
    const [ramped, revision] = [Math.min(load.ramped, threads), load.revision + 1];
    this.#options.phases.reopen(group, revision);
    this.#changeGroup(group, { ...load, threads, ramped, revision });
  }

  setEnabled(name: string, isEnabled: boolean, reason?: string): void {
    const group = this.#groupOf(name);
    const load = this.#load.groups[group];
    if (!load || load.isEnabled === isEnabled) return;
    this.#did(isEnabled ? 'enable' : 'disable', { group: name }, reason);
    this.#changeGroup(group, { ...load, isEnabled });
  }

  /** Nothing can be changed from now on. */
  close(why: string): void {
    this.#closed ??= why;
  }

  /** The load is over, and so is a pause of it. */
  end(): void {
    this.close('the load is over');
    if (this.#pauseUnderWay()) this.#endPause(this.#options.nowEpochMs());
  }

  /** What a result says; nothing where nothing was done. */
  result(): Pick<RunResult, 'actions'> {
    return this.#actions.length > 0 ? { actions: this.#actions } : {};
  }

  #did(action: LoadAction['action'], about: Pick<LoadAction, 'group' | 'threads'>, reason?: string): number {
    const atEpochMs = this.#options.nowEpochMs();
    const why = reason === undefined ? {} : { reason: this.#options.redact(reason) };
    this.#actions.push({ atEpochMs, action, ...about, ...why });
    return atEpochMs;
  }

  #pauseUnderWay(): Pause | undefined {
    return this.#load.pauses.find(({ toEpochMs }) => toEpochMs === null);
  }

  #endPause(toEpochMs: number): void {
    const pauses = this.#load.pauses.map((pause) =>
      pause.toEpochMs === null ? { ...pause, toEpochMs } : pause,
    );
    this.#change({ pauses });
  }

  #changeGroup(index: number, load: GroupLoad): void {
    this.#change({ groups: this.#load.groups.with(index, load) });
  }

  #change(changed: Partial<LiveLoad>): void {
    this.#load = { ...this.#load, ...changed };
    this.#options.send(this.#load);
  }

  /** By its name, or its name and number where several have the same; its place in the plan's list. */
  #groupOf(name: string): number {
    if (this.#closed !== null) throw new UserError(`the load cannot be changed any more: ${this.#closed}`);
    const { phases } = this.#options;
    const [found, ...others] = this.#placesOf((group) => group.name === name || fullName(group) === name);
    if (found === undefined) throw new UserError(this.#unknownText(name));
    if (others.length > 0) {
      const numbered = [found, ...others].map((index) => this.#options.plan.groups[index]).map(nameText);
      throw new UserError(`several thread groups are called "${name}". Write ${numbered.join(' or ')}.`);
    }
    if (phases.hasEnded(found)) {
      throw new UserError(`the thread group "${name}" has ended. ${this.#thereText()}`);
    }
    return found;
  }

  /** Groups of the load. */
  #placesOf(matches: (group: CompiledGroup) => boolean): number[] {
    return this.#options.plan.groups.flatMap((group, index) =>
      group.phase === 'main' && matches(group) ? [index] : [],
    );
  }

  #names(): string[] {
    const { plan, phases } = this.#options;
    const present = this.#placesOf(() => true).filter((index) => !phases.hasEnded(index));
    return [...new Set(present.flatMap((index) => plan.groups[index]?.name ?? []))];
  }

  #thereText(): string {
    const names = this.#names().map((name) => `"${name}"`);
    if (names.length === 0) return 'All thread groups have ended.';
    return `Thread groups that can be changed: ${names.join(', ')}.`;
  }

  #unknownText(name: string): string {
    const isBeside = this.#options.plan.groups.some((group) => group.name === name);
    if (isBeside) return `"${name}" is not part of the load, and cannot be changed. ${this.#thereText()}`;
    return `the load has no thread group "${name}".${didYouMean(name, this.#names())} ${this.#thereText()}`;
  }
}

function fullName({ name, number }: CompiledGroup): string {
  return `${name} ${number}`;
}

function nameText(group: CompiledGroup | undefined): string {
  return group ? `"${fullName(group)}"` : '';
}
