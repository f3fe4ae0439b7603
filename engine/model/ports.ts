/**
 * What the pure core is given of the world. Time is milliseconds since 1970, monotonic: one reading
 * of the wall clock at the start of the run, carried on by the machine's steady clock.
 */
export interface Clock {
  /** Now, with a fraction. */
  readonly nowEpochMs: () => number;
  /** Resolves at the given time or when woken early by `cancel`; never early otherwise. */
  sleepUntil(epochMs: number): Sleep;
  /** Resolves in a later turn of the event loop, so that a user without I/O starves nobody. */
  nextTurn(): Promise<void>;
}

/** A wait that can be ended early. `done` tells whether the whole time passed. */
export interface Sleep {
  readonly done: Promise<boolean>;
  cancel(): void;
}

/** A source of chance: uniform in [0, 1). */
export type Random = () => number;

/** Reads a file by its path from the plan's folder; with a limit, no more than that many bytes of its beginning. */
export type ReadBytes = (path: string, mostBytes?: number) => Uint8Array;

/** What functions are given of the machine. Paths are relative to the plan's folder and stay in it. */
export interface Host {
  /** The whole file as text. Throws an `Error` with the reason. */
  readFile(path: string, encoding: string): string;
  /** The whole file as it is. Throws an `Error` with the reason. */
  readonly readBytes: ReadBytes;
  /** A file to read from in any place; it stays open as long as the plan runs. Throws an `Error` with the reason. */
  open(path: string): HostFile;
  writeFile(path: string, text: string, mode: 'append' | 'overwrite'): void;
  environment(name: string): string | undefined;
  readonly machineName: string;
  readonly machineIp: string;
  /** Hexadecimal digest of bytes, or of a text as UTF-8; `algorithm` in Java's spelling (`SHA-256`, `MD5`). */
  digest(algorithm: string, content: string | Uint8Array): string;
  log(level: string, message: string, threadName?: string): void;
  /**
   * Does what may take for ever, such as matching a pattern that goes back and forth, and ends it when it takes too long
   * for a text of that many characters (null: unknown): then throws a `RangeError` that names it by `what` (`the pattern a+`). Costs some
   * 0.2 ms: only for what can take long.
   */
  bounded<T>(what: string, characters: number | null, act: () => T): T;
}

/** A file of the plan's folder, opened for reading. */
export interface HostFile {
  readonly sizeBytes: number;
  /** Fills `into` from the place `offset`, as far as the file goes; gives the number of bytes. */
  read(into: Uint8Array, offset: number): number;
}

/** Counters that all users of all workers share. `slot` is given by `compile`. */
export interface SharedCounters {
  /** Adds one and returns the new value. */
  next(slot: number): number;
  /** The same by a name, which may be made while the plan runs. */
  nextNamed(name: string): number;
}
