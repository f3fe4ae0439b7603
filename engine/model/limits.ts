/** What the steps of a plan may come to, flows put in place: a plan cannot multiply itself into a bomb. */
export const maxSteps = 100_000;

/** Labels, with their tags, that a worker tells apart; further ones are counted together. */
export const maxSeries = 2000;

/** Where that is counted whose label came after too many others. It keeps its tags. */
export const otherLabels = '(other labels)';

/** Cells of a matrix: each has its own steps, labels and series. */
export const maxCells = 1000;
