import type { Row } from '../../generate/rows/rows.ts';
import { schemaNamed } from '../../generate/rows/schemas.ts';
import { rowKeys, type WrittenRows } from '../../generate/rows/written.ts';
import { onDemand } from '../../markup/on-demand.ts';
import { didYouMean } from '../../model/did-you-mean.ts';
import { defineDataSource, type Flow } from '../element.ts';
import { Cursor, cursorSchema, endOfData } from './cursor.ts';

const tables = onDemand(() => import('./generated-rows.ts'));

/**
 * `{ generate: facts, rows: 10k }`: seeded rows become variables, one a column, without a file. What is missing is the
 * empty text.
 *
 * Any row is computed when it is handed out, so that a billion of them cost no more memory than one.
 */
export const generate = defineDataSource({
  kind: 'generate',
  example: `
- loop: 3
  data:
    - generate: facts
      rows: 10k
      seed: 7
      bad: 10%
  steps:
    - get: { path: /echo, query: { id: '\${id}', category: '\${category}', value: '\${value}' } }
`,
  schema: {
    type: 'object',
    description: 'Generated rows become variables.',
    additionalProperties: false,
    required: ['generate', 'rows'],
    properties: {
      ...rowKeys,
      generate: { ...rowKeys.generate, literal: true },
      sets: {
        type: 'array',
        items: { type: 'string', minLength: 1, literal: true },
        literal: true,
        minItems: 1,
        description: 'The columns to take. All without it.',
        examples: [['id', 'name']],
      },
      ...cursorSchema,
    },
  },
  load: tables.load,
  sets: ({ generate: name, columns, sets }) =>
    Array.isArray(sets) ? sets.map(String) : columnsOf(String(name), columns),
  checkKnown(known) {
    const strange = strangeColumn(known);
    if (strange !== null) return [{ key: 'sets', message: strange }];
    const mistake = isWhole(known) ? tables.use.mistakeOf(known) : null;
    return mistake === null ? [] : [{ key: 'generate', message: mistake }];
  },
  sharedKey: ({ generate: name, columns, rows, seed, bad, badKinds, share }) =>
    share === undefined || share === 'all'
      ? `generate ${JSON.stringify([name, columns, rows, seed, bad, badKinds])}`
      : null,
  build(config, site) {
    let cursor: Cursor<Row> | undefined;
    return (user): Flow | Promise<Flow> => {
      const options = config.render(user);
      cursor ??= new Cursor(tables.use.openRows(options), 0);
      return cursor.next(user, site, options, (row) => {
        if (row === null && options.stopAtEnd) return 'stopThread';
        for (const name of options.sets ?? columnsOf(options.generate, options.columns)) {
          user.set(name, row === null ? endOfData : String(row[name] ?? ''));
        }
        return 'next';
      });
    };
  },
});

function columnsOf(name: string, columns: unknown): string[] {
  if (typeof columns === 'object' && columns !== null) return Object.keys(columns);
  try {
    return Object.keys(schemaNamed(name).columns);
  } catch {
    return []; // told by the check
  }
}

function strangeColumn({ generate: name, columns, sets }: Readonly<Record<string, unknown>>): string | null {
  const names = columnsOf(String(name), columns);
  const strange = Array.isArray(sets) ? sets.map(String).find((one) => !names.includes(one)) : undefined;
  if (strange === undefined || names.length === 0) return null;
  return `sets: there is no column "${strange}". Columns: ${names.join(', ')}.${didYouMean(strange, names)}`;
}

/** Whether all is known before the run. */
function isWhole(
  known: Readonly<Record<string, unknown>>,
): known is Readonly<Record<string, unknown>> & WrittenRows {
  const keys = ['generate', 'columns', 'rows', 'seed', 'bad', 'badKinds'];
  return keys.every((key) => !(key in known) || isKnown(known[key]));
}

function isKnown(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return value !== undefined;
  return Object.values(value).every(isKnown);
}
