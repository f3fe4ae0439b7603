/** What a matrix varies. */
export interface Axis {
  readonly name: string;
  readonly values: readonly AxisValue[];
}

export interface AxisValue {
  readonly name: string;
  /** How large it is, above 0; null: it has no size. */
  readonly magnitude: number | null;
}

/** The value of each axis, by the axis. */
export type Cell = Readonly<Record<string, string>>;
