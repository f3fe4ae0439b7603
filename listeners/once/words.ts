import type { TracedElement, TraceEvent } from '../../engine/model/trace.ts';

/** How a plan says what is told of a traced run; who knows the language gives it. */
export interface PlanWords {
  /** A controller or a branch that is entered. */
  entered(event: Extract<TraceEvent, { kind: 'enter' }>): string;
  pause(event: Extract<TraceEvent, { kind: 'pause' }>): string;
  timer(element: TracedElement): string;
  extractor(element: TracedElement): string;
  assertion(element: TracedElement): string;
  /** The heading of a group, and what of it does not hold when it is gone through once. */
  group(index: number): { readonly head: string; readonly asWritten: string | null };
}
