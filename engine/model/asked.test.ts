import { expect, it } from 'vitest';
import { askedOf, type Asked } from './asked.ts';
import type { ContentWish } from './carried.ts';
import type { Metric } from './metric.ts';
import type { Threshold } from './threshold.ts';

type Plan = Parameters<typeof askedOf>[0];

const metric = (name: string, summed?: string): Metric => ({
  ...{ name, type: 'trend', unit: '', description: '' },
  ...(summed === undefined ? {} : { summed }),
});
const threshold = (judged?: Metric) =>
  ({ text: '', ...(judged && { metric: judged }) }) as unknown as Threshold;
const wish = (more: Partial<ContentWish>) =>
  ({ of: 'all', headers: false, body: false, ...more }) as ContentWish;
const [billed, plain] = [metric('billed', 'billed'), metric('plain')];
const plan: Plan = { thresholds: [], metrics: [billed, plain] };

const wishes: readonly (readonly [Partial<ContentWish>, boolean])[] = [
  [{ body: true }, true],
  [{ of: 'ok', headers: true }, true],
  [{ of: 'failed', body: true }, false],
  [{ request: true }, false],
];

it.each<[string, Plan, Asked]>([
  ['nothing', plan, { metrics: [], answers: false }],
  [
    'what thresholds judge, once',
    { ...plan, thresholds: [threshold(plain), threshold(), threshold(plain)] },
    { metrics: ['plain'], answers: false },
  ],
  ['the sums that a listener shows', { ...plan, showsSums: true }, { metrics: ['billed'], answers: false }],
  ...wishes.map(([one, answers]): [string, Plan, Asked] => [
    `answers or not: ${JSON.stringify(one)}`,
    { ...plan, carried: { variables: [], contents: [wish(one)] } },
    { metrics: [], answers },
  ]),
])('asks for %s', (_, given, asked) => {
  expect(askedOf(given)).toEqual(asked);
});
