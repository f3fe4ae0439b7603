import { messageOf } from '../model/errors.ts';
import type { RunEvent } from '../model/run-event.ts';

export type EventOf<Type extends RunEvent['type']> = Extract<RunEvent, { readonly type: Type }>;

/**
 * What happens in a run, told to whoever asks. Handlers are called at once and in order; one that throws is told to the others as a
 * problem and is not called again.
 */
export class RunEvents {
  readonly #handlers = new Set<(event: RunEvent) => void>();

  /** Calls back for each event of a type until what it returns is called. */
  on<Type extends RunEvent['type']>(type: Type, handler: (event: EventOf<Type>) => void): () => void {
    return this.onAny((event) => {
      if (isOf(event, type)) handler(event);
    });
  }

  /** Calls back for every event until what it returns is called. */
  onAny(handler: (event: RunEvent) => void): () => void {
    this.#handlers.add(handler);
    return () => this.#handlers.delete(handler);
  }

  emit(event: RunEvent): void {
    for (const handler of [...this.#handlers]) {
      try {
        handler(event);
      } catch (error) {
        this.#handlers.delete(handler);
        this.emit({
          type: 'problem',
          message: `a handler of events failed and is left out: ${messageOf(error)}`,
        });
      }
    }
  }
}

function isOf<Type extends RunEvent['type']>(event: RunEvent, type: Type): event is EventOf<Type> {
  return event.type === type;
}
