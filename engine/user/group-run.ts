import type { CompiledGroup } from '../model/compiled-plan.ts';
import type { RecordMetric } from '../model/metric.ts';
import type { PhaseBesideLoad } from '../model/sample-phase.ts';
import type { ToWorker } from '../model/protocol.ts';
import type { Sample } from '../model/sample.ts';
import { Gate } from './gate.ts';
import { LoadTime } from './load-time.ts';
import type { World } from './world.ts';

/** Where what is measured goes. */
interface Records {
  readonly record: (sample: Sample) => void;
  readonly recordMetric: RecordMetric;
  readonly compare: World['compare'];
}

/** What a part of a group takes over from the whole. */
interface Ground extends Records {
  readonly time: LoadTime;
  readonly gate: Gate;
}

/** Of what is done beside the load: it is never paused. */
const steadyTime = new LoadTime(() => 0);

/** One thread group at work in one worker: what its users have in common. */
export class GroupRun {
  readonly config: CompiledGroup;
  /** In the plan's list of groups. */
  readonly index: number;
  readonly world: World;
  readonly threadPrefix: string;
  /** The variable that holds a user's iteration, from 0. */
  readonly iterationVariable: string;
  /** What every user starts with: the plan's variables and what set-up exported. */
  readonly variables: ReadonlyMap<string, string>;
  /** No new iterations. */
  stopping = false;
  /** No new samples. */
  leaving = false;
  /** Nothing more at all. */
  stoppedNow = false;
  failed = 0;
  firstFailure = '';
  /** When the first user began its first iteration, and the last one ended its last; null: not yet. */
  loadStartEpochMs: number | null = null;
  loadEndEpochMs: number | null = null;
  readonly exports: Record<string, string> = {};
  readonly record: Records['record'];
  readonly recordMetric: RecordMetric;
  readonly compare: World['compare'];
  /** What the end of its users' time follows. */
  readonly time: LoadTime;
  /** What its users pass before each iteration. */
  readonly gate: Gate;
  readonly #exported: Readonly<Record<string, string>>;
  readonly #parts = new Map<PhaseBesideLoad, GroupRun>();
  /** The group that this is a part of. */
  #whole: GroupRun | undefined;

  constructor(
    config: CompiledGroup,
    index: number,
    world: World,
    exported: Readonly<Record<string, string>>,
    ground: Ground = groundOf(config, world),
  ) {
    this.config = config;
    this.index = index;
    this.world = world;
    this.record = ground.record;
    this.recordMetric = ground.recordMetric;
    this.compare = ground.compare;
    this.time = ground.time;
    this.gate = ground.gate;
    this.#exported = exported;
    this.threadPrefix = `${config.name} ${config.number}-`;
    this.iterationVariable = `__jm__${config.name}__idx`;
    const given = Object.entries(exported);
    this.variables = given.length === 0 ? world.variables : new Map([...world.variables, ...given]);
  }

  /**
   * The same group for what its users do beside the load: with an answer of its own to failures, stops of its own, and
   * samples that do not count unless the plan says `measure`.
   */
  part(part: PhaseBesideLoad): GroupRun {
    if (this.#whole) return this.#whole.part(part);
    const known = this.#parts.get(part);
    if (known) return known;
    const { config, index, world } = this;
    const onError = part === 'set-up' ? 'stopThread' : 'continue';
    const into = isMeasured(config, part) ? counted(config, world) : uncounted(config, world, part);
    const ground = { ...into, gate: this.gate, time: isBefore(part) ? this.time : steadyTime };
    const made = new GroupRun({ ...config, onError }, index, world, this.#exported, ground);
    made.#whole = this;
    this.#parts.set(part, made);
    return made;
  }

  /** `graceful`: no new iterations. `soon`: no new samples. `now`: nothing more of the load. `quit`: not even of the tear-down and clean-up. */
  stop(mode: Extract<ToWorker, { type: 'stop' }>['mode']): void {
    this.stopping = true;
    if (mode !== 'graceful') this.leaving = true;
    if (mode === 'now' || mode === 'quit') this.stoppedNow = true;
    for (const [part, run] of this.#parts) if (isBefore(part) || mode === 'quit') run.stop(mode);
    this.gate.wake();
  }

  loadStarts(epochMs: number): void {
    this.loadStartEpochMs = Math.min(this.loadStartEpochMs ?? Infinity, epochMs);
  }

  loadEnds(epochMs: number): void {
    this.loadEndEpochMs = Math.max(this.loadEndEpochMs ?? 0, epochMs);
  }

  export(name: string, value: string | undefined): void {
    if (value !== undefined) this.exports[name] = value;
  }

  /** A user has ended, or has never begun, and nothing in the plan has asked for it: a set-up has failed by it. */
  endedEarly(reason: string): void {
    this.failed += 1;
    this.firstFailure ||= reason;
    this.world.countEndedEarly(reason);
  }

  noteFailure(sample: Sample): void {
    this.failed += 1;
    this.firstFailure ||= `${sample.label}: ${sample.failure || `${sample.code} ${sample.message}`}`;
  }
}

/** What is done on the way to the load ends with it. */
export function isBefore(part: PhaseBesideLoad): boolean {
  return part === 'set-up' || part === 'warm-up';
}

function isMeasured({ setUp, tearDown }: CompiledGroup, part: PhaseBesideLoad): boolean {
  return (
    (part === 'set-up' && setUp?.measure === true) || (part === 'tear-down' && tearDown?.measure === true)
  );
}

function groundOf(config: CompiledGroup, world: World): Ground {
  const time = config.phase === 'main' ? world.loadTime : steadyTime;
  return { ...recordsOf(config, world), time, gate: new Gate(world.clock, time, config) };
}

/** The plan's own set-up and tear-down are no load. */
function recordsOf(config: CompiledGroup, world: World): Records {
  const { phase } = config;
  if (phase === 'main') return counted(config, world);
  return uncounted(config, world, phase === 'setUp' ? 'set-up' : 'tear-down');
}

function counted({ name, number }: CompiledGroup, world: World): Records {
  const group = `${name} ${number}`;
  return {
    record: (sample) => world.record(sample, group),
    recordMetric: (...value) => world.recordMetric(group, ...value),
    compare: world.compare,
  };
}

/** Samples are told, and not counted; nor is what is recorded besides. */
function uncounted({ name, number }: CompiledGroup, { record }: World, phase: PhaseBesideLoad): Records {
  const group = `${name} ${number}`;
  return {
    record: (sample) => record({ ...sample, phase }, group),
    recordMetric: () => null,
    compare: null,
  };
}
