import type { JsonSchema } from '../../model/json-schema.ts';
import type { RenderScope } from '../../template/scope.ts';
import { distinctPlaces, weightedPlaces } from '../distinct.ts';
import { countMistake, countRange, countSchema, drawnCount, drawnVariables } from '../drawn.ts';
import { storeOne, storeSeveral, textOf } from '../drawn.ts';
import { defineProcessor } from '../element.ts';

type Map = Readonly<Record<string, unknown>>;

const choices = {
  anyOf: [
    { type: 'array', minItems: 1, items: { type: ['string', 'number', 'boolean'] } },
    { type: 'object', minProperties: 1, additionalProperties: {} },
  ],
  description:
    'The values. With several variables a map: its keys are for the first, and what stands under the key drawn for the next.',
  examples: [
    ['admin', 'user', 'viewer'],
    { customer_data: ['customers', 'addresses'], sales_metrics: ['daily_sales', 'monthly_sales'] },
  ],
} as const satisfies JsonSchema;

/**
 * `{ draw: role, from: [admin, user] }`: a variable by chance. `{ draw: [dataset, table], from: { sales: [daily] } }`:
 * choices that depend on each other, evenly among the keys, then evenly among what stands under the one drawn.
 */
export const draw = defineProcessor({
  kind: 'draw',
  reads: [],
  example: `- draw: [dataset, table]
  from: { customer_data: [customers, addresses], sales_metrics: [daily_sales, monthly_sales] }
- draw: columns
  from: [column_1, column_2, column_3]
  count: 1..2
- get: { path: /echo, query: { dataset: '\${dataset}', table: '\${table}', columns: '\${columns}' } }`,
  schema: {
    type: 'object',
    description:
      'Sets a variable to one of several values, drawn by chance; or several that depend on each other.',
    additionalProperties: false,
    required: ['draw', 'from'],
    properties: {
      draw: {
        anyOf: [
          { type: 'string', minLength: 1, literal: true },
          {
            type: 'array',
            minItems: 2,
            literal: true,
            items: { type: 'string', minLength: 1, literal: true },
          },
        ],
        literal: true,
        description: 'The variable; or several, the second drawn from what belongs to the first, and so on.',
        examples: ['role', ['dataset', 'table']],
      },
      from: choices,
      weights: {
        type: 'array',
        minItems: 1,
        items: { type: 'number', minimum: 0 },
        description:
          'Shares of the values (of the keys, where it is a map), in their order. Without them all are alike.',
        examples: [[5, 3, 1]],
      },
      ...countSchema,
    },
  },
  check: (config) => namesMistake(config) ?? weightsMistake(config) ?? countTooGreat(config),
  sets: ({ draw: names, count }) =>
    Array.isArray(names) ? names.map(String) : drawnVariables(String(names), count),
  build: (config) => (user) => {
    const { draw: names, from, weights, count } = config.render(user);
    const several = typeof names === 'string' ? [names] : names;
    if (count === undefined) drawOne(user, several, { from, weights });
    else {
      const list = Array.isArray(from) ? from : [];
      const places = placesOf(user, { size: list.length, weights }, drawnCount(count, user));
      storeSeveral(
        user,
        several[0] ?? '',
        places.map((place): unknown => list[place]),
      );
    }
  },
});

/** One value for each variable: keys of maps within maps, then an item of the list at the end. */
function drawOne(
  user: RenderScope,
  [name = '', ...more]: readonly string[],
  { from, weights }: { readonly from: unknown; readonly weights?: readonly number[] | undefined },
): void {
  const keys: readonly unknown[] = Array.isArray(from) ? from : Object.keys(isMap(from) ? from : {});
  const [place] = placesOf(user, { size: keys.length, weights }, 1);
  if (place === undefined) throw new RangeError(`draw: there is nothing to draw "${name}" from`);
  const drawn = keys[place];
  storeOne(user, name, drawn);
  if (more.length > 0) drawOne(user, more, { from: isMap(from) ? from[String(drawn)] : [] });
}

function placesOf(
  user: RenderScope,
  { size, weights }: { readonly size: number; readonly weights: readonly number[] | undefined },
  count: number,
): number[] {
  const random = () => user.random();
  return weights ? weightedPlaces(weights, count, random) : distinctPlaces(size, count, random);
}

function namesMistake({ draw: names, from, count }: Map): string | null {
  const several = Array.isArray(names) ? names.length : 1;
  if (several > 1 && count !== undefined) return 'count goes with one variable';
  return depthMistake(from, several);
}

/** A variable more than maps within maps: the last is drawn from a list. */
function depthMistake(from: unknown, variables: number): string | null {
  if (variables <= 1) {
    return Array.isArray(from) && from.length > 0 && from.every((item) => typeof item !== 'object')
      ? null
      : 'from: expected a list of values for the last variable of draw';
  }
  if (!isMap(from))
    return 'from: expected a map, whose keys are drawn for all variables of draw but the last';
  const inner = Object.values(from).map((value) => depthMistake(value, variables - 1));
  return inner.length === 0
    ? 'from: expected at least one entry'
    : (inner.find((one) => one !== null) ?? null);
}

function weightsMistake({ from, weights }: Map): string | null {
  if (!Array.isArray(weights)) return null;
  const size = sizeOf(from);
  if (weights.length !== size)
    return `weights: expected ${size}, one for each value, found ${weights.length}`;
  return weights.every((weight) => weight === 0) ? 'the weights must not all be 0' : null;
}

function countTooGreat({ from, count, weights }: Map): string | null {
  const mistake = countMistake(count);
  if (mistake !== null || count === undefined) return mistake;
  const most = countRange(textOf(count))?.[1] ?? 1;
  const drawable = Array.isArray(weights) ? weights.filter((weight) => weight !== 0).length : sizeOf(from);
  return most > drawable ? `count: there are ${drawable} values to draw from, found ${most}` : null;
}

function sizeOf(from: unknown): number {
  return Array.isArray(from) ? from.length : Object.keys(isMap(from) ? from : {}).length;
}

function isMap(value: unknown): value is Map {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
