import type { Pool } from '../model/pool.ts';
import type { Host, SharedCounters } from '../model/ports.ts';

/** What a template sees when it is rendered: one user's variables, and what that user is given of the world. */
export interface RenderScope {
  get(variable: string): string | undefined;
  set(variable: string, value: string): void;
  unset(variable: string): void;
  readonly properties: Readonly<Record<string, string>>;
  /** For all users of all workers: at once in this one, in the others within milliseconds. */
  setProperty(name: string, value: string): void;
  /** `<group> <group number>-<thread number>`. */
  readonly threadName: string;
  /** From 1, over all workers. */
  readonly threadNumber: number;
  nowEpochMs(): number;
  /** Uniform in [0, 1); repeatable with the run's seed. */
  random(): number;
  /** Adds one to this user's own counter and returns it. */
  nextOwn(slot: number): number;
  readonly counters: SharedCounters;
  readonly host: Host;
  readonly planName: string;
  readonly threadGroupName: string;
  /** Label of the sampler that is being prepared or was performed last. */
  readonly samplerName: string;
  /** A pool of the plan, the user's own or everybody's. Throws a `RangeError` when there is none of that name. */
  pool(name: string): Pool;
  /** What a place in the plan remembers for this user; made when first asked for. `site` is the place's identity. */
  state<T>(site: object, make: () => T): T;
}

/** Gives the text of a template for one user, now. */
export type Render = (scope: RenderScope) => string;
