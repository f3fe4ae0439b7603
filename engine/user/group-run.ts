import type { CompiledGroup } from '../model/compiled-plan.ts';
import type { Sample } from '../model/sample.ts';
import type { World } from './world.ts';

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
  /** Nothing more at all. */
  stoppedNow = false;
  failed = 0;
  firstFailure = '';
  readonly exports: Record<string, string> = {};

  constructor(
    config: CompiledGroup,
    index: number,
    world: World,
    exported: Readonly<Record<string, string>>,
  ) {
    this.config = config;
    this.index = index;
    this.world = world;
    this.threadPrefix = `${config.name} ${config.number}-`;
    this.iterationVariable = `__jm__${config.name}__idx`;
    const given = Object.entries(exported);
    this.variables = given.length === 0 ? world.variables : new Map([...world.variables, ...given]);
  }

  export(name: string, value: string | undefined): void {
    if (value !== undefined) this.exports[name] = value;
  }

  noteFailure(sample: Sample): void {
    this.failed += 1;
    this.firstFailure ||= `${sample.label}: ${sample.failure || `${sample.code} ${sample.message}`}`;
  }
}
