/** The 97.5 % quantile of the standard normal distribution. */
const z = 1.959963984540054;

/**
 * The 97.5 % quantile of Student's t, which bounds a two-sided interval of 95 %. `degrees` from 1.
 *
 * Closed forms for 1 and 2 degrees; from 3 on the expansion in 1/degrees of Abramowitz and Stegun, 26.7.5, whose error
 * there is below 0.3 %, and below 0.03 % from 6 on.
 */
export function studentT975(degrees: number): number {
  if (degrees === 1) return Math.tan(Math.PI * 0.475);
  if (degrees === 2) return 0.95 * Math.sqrt(2 / (1 - 0.95 ** 2));
  const terms = [
    (z ** 3 + z) / 4,
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96,
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384,
    (79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / 92_160,
  ];
  return terms.reduce((sum, term, index) => sum + term / degrees ** (index + 1), z);
}
