import type { Random } from '../model/ports.ts';

/**
 * A whole number drawn from the Poisson distribution with a mean. Below 10 by Knuth's product of draws; above by
 * Hörmann's transformed rejection, PTRS (The transformed rejection method for generating Poisson random variables,
 * Insurance: Mathematics and Economics 12, 1993), whose cost does not grow with the mean.
 */
export function poissonDraw(mean: number, random: Random): number {
  if (mean <= 0) return 0;
  return mean < 10 ? byProduct(mean, random) : byRejection(mean, random);
}

function byProduct(mean: number, random: Random): number {
  const limit = Math.exp(-mean);
  let count = -1;
  for (let product = 1; product > limit || count < 0; product *= random()) count += 1;
  return count;
}

function byRejection(mean: number, random: Random): number {
  const b = 0.931 + 2.53 * Math.sqrt(mean);
  const a = -0.059 + 0.02483 * b;
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
  const certain = 0.9277 - 3.6224 / (b - 2);
  for (;;) {
    const [u, v] = [random() - 0.5, random()];
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + mean + 0.43);
    if (us >= 0.07 && v <= certain) return k;
    if (k < 0 || (us < 0.013 && v > us)) continue;
    const drawn = Math.log((v * inverseAlpha) / (a / (us * us) + b));
    if (drawn <= k * Math.log(mean) - mean - logFactorial(k)) return k;
  }
}

/** Stirling's series; below 10 the product itself. */
function logFactorial(n: number): number {
  let product = 1;
  if (n < 10) {
    for (let factor = 2; factor <= n; factor++) product *= factor;
    return Math.log(product);
  }
  const x = n + 1;
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + 1 / (12 * x) - 1 / (360 * x ** 3);
}
