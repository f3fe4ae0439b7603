import type { Pool } from '../../model/pool.ts';
import type { RenderScope } from '../../template/scope.ts';
import { countMistake, countSchema, drawnCount, drawnVariables, familyValues } from '../drawn.ts';
import { storeOne, storeSeveral, textOf } from '../drawn.ts';
import { defineProcessor } from '../element.ts';

const acts = ['append', 'appendAll', 'replace', 'remove', 'clear', 'pick', 'take'] as const;

/**
 * `{ pool: issue_ids, append: "${issueId}" }`: fills a pool that the plan declares, or draws from it. Picking from an
 * empty pool unsets the variable, so that `"${issueId} != ''"` is false.
 */
export const poolProcessor = defineProcessor({
  kind: 'pool',
  reads: [],
  example: `pools:
  issue_ids: { share: all, max: 500 }
threadGroups:
  - name: Operators
    steps:
      - get: /healing/issues
        extract: { ids: { jsonPath: '$.data.items[*].id', match: all } }
        after: [{ pool: issue_ids, appendAll: ids }]
      - pool: issue_ids
        pick: issueId
      - get: /healing/issues/\${issueId}`,
  schema: {
    type: 'object',
    description: 'Fills a pool of texts, or draws from it: one of its actions.',
    additionalProperties: false,
    required: ['pool'],
    properties: {
      pool: {
        type: 'string',
        minLength: 1,
        literal: true,
        description: 'The pool, declared under `pools` at the top of the plan.',
        examples: ['issue_ids'],
      },
      append: {
        type: ['string', 'number', 'boolean'],
        unset: 'empty',
        description: 'Adds a text. An empty one, or a variable that is not set, is not added.',
        examples: ['${issueId}'],
      },
      appendAll: {
        type: 'string',
        minLength: 1,
        literal: true,
        description: 'Adds a family of variables: `ids` stands for ids_1 … ids_matchNr.',
        examples: ['ids'],
      },
      replace: {
        type: 'string',
        minLength: 1,
        literal: true,
        description: 'Puts a family of variables in the place of what was in the pool.',
        examples: ['ids'],
      },
      ifEmpty: {
        enum: ['keep', 'clear'],
        literal: true,
        default: 'keep',
        description: 'With replace: what becomes of the pool when the family is empty.',
        examples: ['clear'],
      },
      remove: {
        type: ['string', 'number', 'boolean'],
        unset: 'empty',
        description: 'Takes a text out.',
        examples: ['${issueId}'],
      },
      clear: { const: true, literal: true, description: 'Takes everything out.', examples: [true] },
      pick: {
        type: 'string',
        minLength: 1,
        literal: true,
        description: 'The variable that is set to an entry drawn by chance; unset when there is none.',
        examples: ['issueId'],
      },
      take: {
        type: 'string',
        minLength: 1,
        literal: true,
        description: 'The same, and the entry is taken out: no other user gets it.',
        examples: ['issueId'],
      },
      ...countSchema,
    },
  },
  check(config) {
    const found = acts.filter((act) => Object.hasOwn(config, act));
    if (found.length !== 1) {
      return `expected one of ${acts.join(', ')} beside pool, found ${found.join(' and ') || 'none'}`;
    }
    const draws = found[0] === 'pick' || found[0] === 'take';
    if ('count' in config && !draws) return 'count goes with pick or take';
    if ('ifEmpty' in config && found[0] !== 'replace') return 'ifEmpty goes with replace';
    return countMistake(config['count']);
  },
  sets: ({ pick, take, count }) =>
    [pick, take].flatMap((name) => (typeof name === 'string' ? drawnVariables(name, count) : [])),
  pools: ({ pool }) => [String(pool)],
  families: ({ appendAll, replace }) =>
    [appendAll, replace].flatMap((name) => (typeof name === 'string' ? [name] : [])),
  build: (config) => (user) => {
    const given = config.render(user);
    const pool = user.pool(given.pool);
    if (given.append !== undefined) pool.append([textOf(given.append)]);
    else if (given.remove !== undefined) pool.remove(textOf(given.remove));
    else if (given.clear) pool.clear();
    else if (given.appendAll !== undefined) pool.append(familyValues(user, given.appendAll));
    else if (given.replace !== undefined) replace(pool, familyValues(user, given.replace), given.ifEmpty);
    else draw(user, pool, given);
  },
});

function replace(pool: Pool, values: readonly string[], ifEmpty: 'keep' | 'clear'): void {
  if (values.length > 0 || ifEmpty === 'clear') pool.replace(values);
}

function draw(
  user: RenderScope,
  pool: Pool,
  given: { readonly pick?: string; readonly take?: string; readonly count?: number | string },
): void {
  const { pick, take, count } = given;
  const variable = take ?? pick ?? '';
  const wanted = count === undefined ? 1 : drawnCount(count, user);
  const drawn = pool.draw(wanted, take === undefined ? 'pick' : 'take', () => user.random());
  if (count === undefined) storeOne(user, variable, drawn[0]);
  else storeSeveral(user, variable, drawn);
}
