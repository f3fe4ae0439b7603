import type { Flow } from './element.ts';

const byDistance: readonly Flow[] = ['next', 'nextIteration', 'breakLoop', 'nextLoop', 'stopThread'];

/** When two say where to go: the way that leads farther. */
export function farther(a: Flow, b: Flow): Flow {
  return byDistance.indexOf(b) > byDistance.indexOf(a) ? b : a;
}
