import type { ConfigNode, Template } from './template.ts';

/** What the one user of a traced run does besides taking samples, in the order in which it happens. */
export type TraceEvent =
  | { readonly kind: 'group'; readonly group: number; readonly begins: boolean }
  /** A controller, or one of its branches, which have numbers from 1. */
  | {
      readonly kind: 'enter';
      readonly controller: string;
      readonly label: Template;
      readonly config: ConfigNode;
      /** It has no steps inside. */
      readonly isLeaf: boolean;
      readonly branch?: { readonly number: number; readonly of: number };
    }
  | { readonly kind: 'leave' }
  /** A pass of a loop begins, from 1; or there would be one more than there may be. */
  | { readonly kind: 'pass'; readonly pass: number }
  | { readonly kind: 'passesOver'; readonly passes: number }
  /** A step is left out: its guard does not hold. */
  | { readonly kind: 'leftOut'; readonly label: string }
  /** A pause that is not waited for. */
  | { readonly kind: 'pause'; readonly config: ConfigNode }
  /** What the group says of a failure takes the user away from its steps. */
  | { readonly kind: 'onError'; readonly onError: string }
  | { readonly kind: 'notes'; readonly notes: readonly TraceNote[] };

/** An element as it is compiled, as far as it says what it is. */
export interface TracedElement {
  readonly kind: string;
  readonly variable: string;
  readonly config: ConfigNode;
}

/** What happens around a sample. */
export type TraceNote =
  /** Null: it is not set any more. */
  | { readonly kind: 'variable'; readonly name: string; readonly value: string | null }
  /** It is not waited for. */
  | { readonly kind: 'timer'; readonly element: TracedElement }
  /** All before was before the sample. */
  | { readonly kind: 'sent' }
  | { readonly kind: 'extracted'; readonly element: TracedElement; readonly found: boolean }
  | {
      readonly kind: 'judged';
      /** Of a check. */
      readonly name?: string;
      readonly element: TracedElement;
      /** Null: it holds. */
      readonly failure: string | null;
    };
