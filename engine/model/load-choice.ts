/** The load as the command line sets it, for every group that runs: it replaces what the plan says. */
export interface LoadChoice {
  /** Of each group; of the plan for groups with a share. */
  readonly threads?: number;
  readonly loops?: number;
  readonly durationMs?: number;
}
