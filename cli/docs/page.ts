/** What documents say of one word of the plan language. Text may hold `code` in backticks. */
export interface Page {
  /** `while`, `__Random`, `thread group`. */
  readonly name: string;
  /** Other words for it, by which it is found: `get`. */
  readonly aliases: readonly string[];
  readonly description: string;
  /** Its name in JMeter. */
  readonly jmeter?: string;
  /** How and where it is written, a sentence each. */
  readonly written: readonly string[];
  readonly example: Example;
  readonly tables: readonly Table[];
}

export type Example =
  | { readonly yaml: string }
  /** `varies`: it may come out otherwise. */
  | {
      readonly template: string;
      readonly given: readonly string[];
      readonly gives: string;
      readonly varies: boolean;
    };

export interface Table {
  readonly title: string;
  readonly keys: readonly Key[];
}

export interface Key {
  /** With the keys around it: `size.atLeast`. */
  readonly name: string;
  readonly required: boolean;
  /** `duration`, `whole number ≥ 1`. */
  readonly value: string;
  /** As it would be written; empty without one. */
  readonly default: string;
  readonly description: string;
  readonly examples: readonly string[];
}

/** Pages that belong together. */
export interface Chapter {
  readonly title: string;
  /** What one of them is: `controller`. */
  readonly one: string;
  readonly pages: readonly Page[];
}
