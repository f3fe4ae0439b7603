/** An operation of a sampler that is under way, in the list of its worker. */
export interface Operation {
  /** When the engine gives it up. */
  readonly untilEpochMs: number;
  previous: Operation | null;
  next: Operation | null;
  /** Fails its sample because that time has come. */
  giveUp(): void;
  /** The samplers were told to end what is in flight: this one is given up soon. */
  stop(nowEpochMs: number): void;
  /** Fails its sample. What comes of the operation later is dropped. */
  fail(error: Error): void;
}

/**
 * The operations that the samplers of one worker have under way. Each ends by a deadline of the engine's own, whatever
 * foreign code does with its promise.
 *
 * A list through which one timer of the worker looks ten times a second, so that a sample costs no timer.
 */
export class UnderWay {
  #first: Operation | null = null;
  /** When timers last had their turn. */
  checkedEpochMs = Infinity;

  add(operation: Operation): void {
    operation.next = this.#first;
    if (this.#first) this.#first.previous = operation;
    this.#first = operation;
  }

  remove({ previous, next }: Operation): void {
    if (next) next.previous = previous;
    if (previous) previous.next = next;
    else this.#first = next;
  }

  check(nowEpochMs: number): void {
    this.checkedEpochMs = nowEpochMs;
    for (const one of this.#all()) if (nowEpochMs >= one.untilEpochMs) one.giveUp();
  }

  stop(nowEpochMs: number): void {
    for (const one of this.#all()) one.stop(nowEpochMs);
  }

  /** Something has failed that belongs to one of them, or to none; gives how many there are. */
  failAll(error: Error): number {
    const all = [...this.#all()];
    for (const one of all) one.fail(error);
    return all.length;
  }

  *#all(): Generator<Operation> {
    for (let one = this.#first; one; one = one.next) yield one;
  }
}
