/** What the steps of a plan may come to, flows put in place: a plan cannot multiply itself into a bomb. */
export const maxSteps = 100_000;

/** Cells of a matrix: each has its own steps, labels and series. */
export const maxCells = 1000;
