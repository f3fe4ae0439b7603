import type { RecordMetric } from '../model/metric.ts';
import type { Answer, ElementUser, Flow, OpenTransaction, Run } from '../elements/element.ts';
import type { Pool } from '../model/pool.ts';
import type { Host, SharedCounters, Sleep } from '../model/ports.ts';
import type { ScriptEngine } from '../model/script.ts';
import { addToTransactions, partOfTransaction } from '../elements/transaction-row.ts';
import { meetingOf } from './meeting.ts';
import { unlessStopped } from './unless-stopped.ts';
import type { PhaseBesideLoad } from '../model/sample-phase.ts';
import type { Sample } from '../model/sample.ts';
import type { UserHandle } from '../model/sampler.ts';
import type { RoundNotes } from '../model/sweep.ts';
import { isBefore, type GroupRun } from './group-run.ts';
import { firstState, nextState, numberOf } from '../model/random.ts';
import { ownText } from './own-text.ts';

const noTransactions: OpenTransaction[] = [];

/** Steps for when the user ends, with what was known when they were kept. */
export interface Kept {
  readonly steps: Run;
  readonly variables: Map<string, string | undefined>;
  readonly iteration: number;
}

/**
 * One virtual user: its variables, its chance, its place in time. Light, because there may be ten thousand: own
 * variables lie over the shared ones, and what is rarely used is made when it is first needed.
 */
export class User implements ElementUser, UserHandle {
  readonly threadNumber: number;
  readonly threadName: string;
  /** When its time would be up if the load had never been paused. */
  readonly #endEpochMs: number;
  readonly #group: GroupRun;
  dueEpochMs: number;
  waits = 0;
  /** From 0. A number, because few plans read the variable that gives it. */
  iteration = 0;
  cutShort = false;
  /** Whether the last sample, its assertions included, was a success. */
  lastOk = true;
  lastCode = '';
  samples = 0;
  loopPass = 0;
  samplerName = '';
  /** The last answer, for processors; kept only where there are any. */
  answer: Answer | null = null;
  #variables: Map<string, string | undefined> | undefined;
  #transactions: OpenTransaction[] = noTransactions;
  #own: Map<number, number> | undefined;
  #states: Map<object, unknown> | undefined;
  #state: number;
  #sleep: Sleep | undefined;
  /** Sleeps of the user's strands; made with the first strand. */
  #sleeps: Set<Sleep> | undefined;
  /** The user that this is a strand of, or does something for. */
  #whole: User | undefined;
  #kept: Kept[] | undefined;
  /** What is compared in the round of a matrix that the user is in. */
  round: RoundNotes | null = null;
  /** Counted, over all strands, for what is done beside the load. */
  #failures: { count: number } | undefined;

  constructor(group: GroupRun, times: Readonly<Record<'index' | 'startEpochMs' | 'endEpochMs', number>>) {
    this.#group = group;
    this.threadNumber = times.index + 1;
    this.threadName = `${group.threadPrefix}${this.threadNumber}`;
    this.dueEpochMs = times.startEpochMs;
    this.#endEpochMs = times.endEpochMs;
    this.#state = firstState(group.world.seed, group.index, times.index);
  }

  get endEpochMs(): number {
    return this.#endEpochMs + this.#group.time.shiftMs;
  }

  get pausedMs(): number {
    return this.#group.time.shiftMs;
  }

  /** What samplers hang connections and cookies on: strands share those of their user. */
  get handle(): UserHandle {
    return this.#whole ?? this;
  }

  get properties(): Readonly<Record<string, string>> {
    return this.#group.world.properties;
  }

  setProperty(name: string, value: string): void {
    this.#group.world.setProperty(name, value);
  }

  get counters(): SharedCounters {
    return this.#group.world.counters;
  }

  get seed(): number {
    return this.#group.world.seed;
  }

  get host(): Host {
    return this.#group.world.host;
  }

  get scripts(): ScriptEngine {
    return this.#group.world.scripts;
  }

  get planName(): string {
    return this.#group.world.planName;
  }

  get threadGroupName(): string {
    return this.#group.config.name;
  }

  get plannedThreads(): number {
    return this.#group.gate.load.threads;
  }

  get groupThreads(): number {
    return this.#group.world.activeOf(this.#group.index);
  }

  get allThreads(): number {
    return this.#group.world.activeInAll();
  }

  get stopping(): boolean {
    return this.#group.stopping;
  }

  get transactions(): OpenTransaction[] {
    if (this.#transactions === noTransactions) this.#transactions = [];
    return this.#transactions;
  }

  get(variable: string): string | undefined {
    if (this.#variables?.has(variable)) return this.#variables.get(variable);
    if (variable === this.#group.iterationVariable) return String(this.iteration);
    return this.#group.variables.get(variable);
  }

  set(variable: string, value: string): void {
    this.#variables ??= new Map();
    this.#variables.set(variable, ownText(value));
    this.#group.world.trace?.noteVariable(this, variable, value);
  }

  unset(variable: string): void {
    this.#variables ??= new Map();
    this.#variables.set(variable, undefined);
    this.#group.world.trace?.noteVariable(this, variable, null);
  }

  state<T>(site: object, make: () => T): T {
    this.#states ??= new Map();
    // eslint-disable-next-line @typescript-eslint/consistent-type-assertions -- a site always stores its own type
    if (this.#states.has(site)) return this.#states.get(site) as T;
    const made = make();
    this.#states.set(site, made);
    return made;
  }

  pool(name: string): Pool {
    const find = this.#group.world.pools.get(name);
    if (!find) throw new RangeError(`there is no pool "${name}"`);
    return find(this);
  }

  sharedAdd(slot: number, amount: number): number {
    return this.#group.world.sharedAdd(slot, amount);
  }

  sharedTime(slot: number, among: 'all' | 'group', next: (epochMs: number) => number): number {
    return this.#group.world.sharedTime(slot, among === 'all' ? null : this.#group.index, next);
  }

  async lock(name: string): Promise<() => void> {
    this.waits += 1;
    return this.#group.world.lock(name);
  }

  async rendezvous(slot: number, users: number, timeoutMs: number): Promise<boolean> {
    this.waits += 1;
    return unlessStopped(this.#group.world.meet(slot, meetingOf(this.#group, users, timeoutMs)), this.#group);
  }

  stopTest(mode: 'soon' | 'now', reason: string): void {
    this.#group.world.stopTest(mode, `${this.threadName}: ${reason}`);
  }

  stopGroup(reason: string): void {
    this.#group.stop('soon');
    this.#group.world.stopGroup(this.#group.index, `${this.threadName}: ${reason}`);
  }

  strand(): User {
    this.#variables ??= new Map();
    this.#states ??= new Map();
    this.#own ??= new Map();
    this.#sleeps ??= new Set();
    const other = this.#another(this.#group, this.dueEpochMs, this.#endEpochMs);
    other.#variables = this.#variables;
    other.#sleeps = this.#sleeps;
    other.#failures = this.#failures;
    other.round = this.round;
    other.#transactions = [...this.#transactions];
    return other;
  }

  /**
   * The same user for what it does beside the load, in its own time: with its variables, or with those that were kept.
   * Without an end of its own it has the user's. Its sleeps are cut with the user's own only before the load: what undoes
   * things outlives a stop.
   */
  beside(part: PhaseBesideLoad, given: { readonly endEpochMs?: number; readonly kept?: Kept } = {}): User {
    this.#variables ??= new Map();
    this.#states ??= new Map();
    this.#own ??= new Map();
    const endEpochMs = given.endEpochMs ?? this.#endEpochMs;
    const other = this.#another(this.#group.part(part), this.nowEpochMs(), endEpochMs);
    other.#variables = given.kept ? given.kept.variables : this.#variables;
    other.iteration = given.kept ? given.kept.iteration : this.iteration;
    other.#failures = { count: 0 };
    if (isBefore(part)) other.#sleeps = this.#sleeps ??= new Set();
    return other;
  }

  warmingUp(): User {
    return this.beside('warm-up');
  }

  newRound(): RoundNotes | null {
    return this.#group.compare?.() ?? null;
  }

  /** The same user once more: its state, connections and chance, at another time. */
  #another(group: GroupRun, startEpochMs: number, endEpochMs: number): User {
    const other = new User(group, { index: this.threadNumber - 1, startEpochMs, endEpochMs });
    other.#states = this.#states;
    other.#own = this.#own;
    other.#whole = this.#whole ?? this;
    other.#state = firstState(nextState(this.#state), this.#group.index, this.threadNumber - 1);
    this.random();
    other.iteration = this.iteration;
    other.loopPass = this.loopPass;
    other.lastOk = this.lastOk;
    other.answer = this.answer;
    return other;
  }

  joined(strands: readonly ElementUser[]): void {
    for (const strand of strands) {
      this.dueEpochMs = Math.max(this.dueEpochMs, strand.dueEpochMs);
      this.waits += strand.waits;
      this.samples += strand.samples;
      this.answer = strand.answer ?? this.answer;
      this.cutShort ||= strand.cutShort;
    }
    this.lastOk = strands.every((strand) => strand.lastOk);
  }

  noteFailure(row: Sample): void {
    this.lastOk = false;
    if (this.#failures) this.#failures.count += 1;
    this.#group.noteFailure(row);
  }

  /** Failed samples of what this user does beside the load. */
  get failures(): number {
    return this.#failures?.count ?? 0;
  }

  skip(label: string): void {
    const { world } = this.#group;
    world.skip(label);
    world.trace?.tell({ kind: 'leftOut', label });
  }

  countStaleReuses(label: string, count: number): void {
    this.#group.world.countStaleReuses(label, count);
  }

  export(variable: string): void {
    this.#group.export(variable, this.get(variable));
  }

  keepForCleanUp(steps: Run): void {
    const whole = this.#whole ?? this;
    whole.#kept ??= [];
    whole.#kept.push({ steps, variables: new Map(this.#variables), iteration: this.iteration });
    this.#group.world.countCleanUp('registered');
  }

  get hasKept(): boolean {
    return this.#kept !== undefined && this.#kept.length > 0;
  }

  /** What was kept last. */
  takeKept(): Kept | undefined {
    return this.#kept?.pop();
  }

  nowEpochMs(): number {
    return this.#group.world.clock.nowEpochMs();
  }

  random(): number {
    this.#state = nextState(this.#state);
    return numberOf(this.#state);
  }

  nextOwn(slot: number): number {
    this.#own ??= new Map();
    const next = (this.#own.get(slot) ?? 0) + 1;
    this.#own.set(slot, next);
    return next;
  }

  async sleepUntil(epochMs: number): Promise<boolean> {
    this.waits += 1;
    if (this.#group.leaving) return this.#cut(false);
    const sleep = this.#group.world.clock.sleepUntil(epochMs);
    this.#sleep = sleep;
    this.#sleeps?.add(sleep);
    const whole = await sleep.done;
    this.#sleeps?.delete(sleep);
    this.#sleep = undefined;
    return whole || this.#cut(false);
  }

  /** Ends a pause early. */
  wake(): void {
    this.#sleep?.cancel();
    for (const sleep of this.#sleeps ?? []) sleep.cancel();
  }

  async giveWay(): Promise<Flow> {
    await this.#group.world.clock.nextTurn();
    const isOver = this.#group.leaving || this.nowEpochMs() >= this.endEpochMs;
    return isOver ? this.#cut('stopThread') : 'next';
  }

  isOver(): boolean {
    return this.#group.leaving || this.dueEpochMs >= this.endEpochMs ? this.#cut(true) : false;
  }

  #cut<T>(result: T): T {
    this.cutShort = true;
    return result;
  }

  get recordMetric(): RecordMetric {
    return this.#group.recordMetric;
  }

  problem(message: string): void {
    this.#group.world.problem(message);
  }

  record(sample: Sample): void {
    if (sample.kind === 'sample') addToTransactions(sample, this.#transactions);
    this.deliver(sample);
  }

  deliver(given: Sample): void {
    const { world } = this.#group;
    const sample = world.carry ? world.carry.withVariables(given, this) : given;
    const held = this.#transactions.findLast((transaction) => transaction.held)?.held;
    if (held) held.push(partOfTransaction(sample));
    else {
      this.round?.note(sample);
      this.#group.record(sample);
    }
  }
}
