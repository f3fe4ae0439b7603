import type { Random } from '../model/ports.ts';

/**
 * So many different places among `size`, or as many as there are, each as likely as the others, in the order in which
 * they were drawn.
 */
export function distinctPlaces(size: number, count: number, random: Random): number[] {
  const ascending: number[] = [];
  const drawn: number[] = [];
  for (let left = size; left > 0 && drawn.length < count; left--) {
    let place = Math.floor(random() * left);
    let index = 0;
    for (; index < ascending.length && (ascending[index] ?? 0) <= place; index++) place += 1;
    ascending.splice(index, 0, place);
    drawn.push(place);
  }
  return drawn;
}

/** The same with weights: the chance of a place is its share of the weights that are left. None of weight 0 is drawn. */
export function weightedPlaces(weights: readonly number[], count: number, random: Random): number[] {
  const left = [...weights];
  const drawn: number[] = [];
  while (drawn.length < count) {
    let point = random() * left.reduce((sum, weight) => sum + weight, 0);
    const place = left.findIndex((weight) => (point -= weight) < 0);
    const chosen = place < 0 ? left.findLastIndex((weight) => weight > 0) : place;
    if (chosen < 0) break;
    left[chosen] = 0;
    drawn.push(chosen);
  }
  return drawn;
}
