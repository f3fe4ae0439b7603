/** What the steps of a plan may come to, flows put in place: a plan cannot multiply itself into a bomb. */
export const maxSteps = 100_000;
