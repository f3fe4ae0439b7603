import type { CompiledPlan } from '../model/compiled-plan.ts';
import type { TraceEvent, TraceNote } from '../model/trace.ts';

/** What the one user of a traced run is seen to do. Only made for such runs. */
export class Trace {
  /** How often a loop may go round. */
  readonly passes: number;
  readonly tell: (event: TraceEvent) => void;
  /** By the user, or the strand of it, until its sample or its step is told. */
  readonly #notes = new Map<object, TraceNote[]>();

  constructor(passes: number, tell: (event: TraceEvent) => void) {
    this.passes = passes;
    this.tell = tell;
  }

  note(user: object, note: TraceNote): void {
    const notes = this.#notes.get(user);
    if (notes) notes.push(note);
    else this.#notes.set(user, [note]);
  }

  /** What JMeter's loops count in is no variable of the author's. */
  noteVariable(user: object, name: string, value: string | null): void {
    if (!name.startsWith('__jm__')) this.note(user, { kind: 'variable', name, value });
  }

  /** The notes since the last time. */
  take(user: object): readonly TraceNote[] {
    const notes = this.#notes.get(user) ?? [];
    this.#notes.delete(user);
    return notes;
  }

  /** Tells what belongs to no sample. */
  flush(user: object): void {
    const notes = this.take(user).filter(({ kind }) => kind !== 'sent');
    if (notes.length > 0) this.tell({ kind: 'notes', notes });
  }
}

/** Null for a plan that is run as a load. */
export function traceOf({ traced }: Pick<CompiledPlan, 'traced'>, tell: Trace['tell']): Trace | null {
  return traced ? new Trace(traced.passes, tell) : null;
}
