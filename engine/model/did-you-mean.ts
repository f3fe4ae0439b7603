/** ` Did you mean "http"?` when a known word is near enough to be a slip of the fingers, else nothing. */
export function didYouMean(found: string, known: Iterable<string>): string {
  let best = '';
  let bestDistance = Math.max(1, Math.floor(found.length / 3)) + 1;
  for (const word of known) {
    const distance = editDistance(found.toLowerCase(), word.toLowerCase(), bestDistance);
    if (distance < bestDistance) [best, bestDistance] = [word, distance];
  }
  return best ? ` Did you mean "${best}"?` : '';
}

/**
 * Number of letters to insert, delete, change or swap with their neighbour to turn `a` into `b`
 * (optimal string alignment). Gives up at `limit`, so that a hostile file costs nothing.
 */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  const rows = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  const cost = (row: number, column: number) => rows[row]?.[column] ?? 0;
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= b.length; j++) {
      const change = cost(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = swapped ? cost(i - 2, j - 2) + 1 : limit;
      row.push(Math.min(cost(i - 1, j) + 1, cost(i, j - 1) + 1, change, swap));
    }
  }
  return cost(a.length, b.length);
}
