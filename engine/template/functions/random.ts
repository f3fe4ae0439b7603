import { argument, storing, wholeNumber, type TemplateFunction } from './function.ts';

/** `${__Random(min,max,variable)}`: a whole number, both ends included (`Random.java`). */
export const random: TemplateFunction = {
  name: '__Random',
  description: 'A whole number by chance; both ends may come.',
  example: { template: '${__Random(1,6)}', gives: '4', varies: true },
  minArguments: 2,
  maxArguments: 3,
  usage: '(min, max, [variable])',
  setsVariable: 2,
  mistake: ([least, most]) =>
    typeof least === 'string' && typeof most === 'string' && Number(least) > Number(most)
      ? orderText(least, most)
      : null,
  check(text, index) {
    if (index < 2) wholeNumber(text, bounds[index] ?? '');
  },
  make(args) {
    const [least, most] = [argument(args, 0), argument(args, 1)];
    return storing(args, 2, (scope) => {
      const from = wholeNumber(least(scope), bounds[0]);
      const to = wholeNumber(most(scope), bounds[1]);
      if (from > to) throw new RangeError(`__Random ${orderText(from, to)}`);
      return String(from + Math.floor(scope.random() * (to - from + 1)));
    });
  },
};

const bounds = ['the least value of __Random', 'the greatest value of __Random'] as const;

function orderText(least: string | number, most: string | number): string {
  return `needs min ≤ max, found ${least} and ${most}`;
}
