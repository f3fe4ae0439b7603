/**
 * The properties as one worker sees them: what its own users set is there at once, what those of other workers set
 * comes by message.
 *
 * The main thread passes every change on to all workers, in one order for all. Until a worker's own change comes
 * back, what others set under that name was set before it and is passed over; so all workers end with the same value,
 * and none sees its own change undone by an older one.
 */
export class LiveProperties {
  /** Without a prototype: a property may be called `constructor`. */
  readonly values: Record<string, string>;
  readonly #worker: number;
  readonly #send: (name: string, value: string) => void;
  /** How many own changes of a name are under way. */
  readonly #underway = new Map<string, number>();

  constructor(
    start: Readonly<Record<string, string>>,
    worker: number,
    send: (name: string, value: string) => void,
  ) {
    this.values = { ...start };
    Object.setPrototypeOf(this.values, null);
    this.#worker = worker;
    this.#send = send;
  }

  readonly set = (name: string, value: string): void => {
    this.values[name] = value;
    this.#underway.set(name, (this.#underway.get(name) ?? 0) + 1);
    this.#send(name, value);
  };

  /** A change that the main thread passes on, of this worker's or another's. */
  received(worker: number, name: string, value: string): void {
    const own = this.#underway.get(name) ?? 0;
    if (worker !== this.#worker) {
      if (own === 0) this.values[name] = value;
    } else if (own > 1) this.#underway.set(name, own - 1);
    else this.#underway.delete(name);
  }
}
