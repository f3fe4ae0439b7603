import type { Infer } from '../../engine/model/json-schema.ts';
import { googleProperties } from '../google/google-schema.ts';
import { priceSchema } from './price.ts';
import { createSchema, deleteSchema, exportSchema, insertSchema, loadSchema } from './operations-schema.ts';

/** What a step asks of BigQuery, and how. */
export const bigquerySchema = {
  type: 'object',
  description:
    'One operation of BigQuery, through the official client: a query, a load or extract job, streamed rows, a dataset or table to make or delete. The sample lasts until the wished rows are there, or the job is done.',
  additionalProperties: false,
  properties: {
    query: {
      type: 'string',
      description: 'A statement of GoogleSQL: a query, or DML, DDL or a script.',
      examples: ['SELECT COUNT(*) AS n FROM pipeline.facts'],
    },
    file: {
      type: 'string',
      description:
        'A file of the plan’s folder that holds the statement. It is sent as it stands: values come in through `parameters`, and ' +
        '`query: ${__eval(${__FileToString(FILE)})}` renders variables in it.',
      examples: ['daily.sql'],
    },
    load: loadSchema,
    export: exportSchema,
    insert: insertSchema,
    create: createSchema,
    delete: deleteSchema,
    ...googleProperties,
    parameters: {
      anyOf: [
        { type: 'object', additionalProperties: {} },
        { type: 'array', items: {} },
      ],
      description:
        'Values of the query’s parameters: a map for `@name`, a list for `?`. What a template makes is a text; another type is named, ' +
        '`{ type: INT64, value: "${id}" }`, and so are those of NULL and of empty arrays (`ARRAY<STRING>`).',
      examples: [{ least: 100 }, { id: { type: 'INT64', value: '${id}' } }, [7, 'Ada']],
    },
    dryRun: {
      type: 'boolean',
      description: 'Only estimate: BigQuery checks the query and says how many bytes it would process.',
      default: false,
      examples: [true],
    },
    useQueryCache: {
      type: 'boolean',
      description: 'Whether BigQuery may answer from its cache. What is measured then is the cache.',
      default: true,
      examples: [false],
    },
    priority: {
      enum: ['INTERACTIVE', 'BATCH'],
      description: '`BATCH`: the query starts when there are idle slots.',
      default: 'INTERACTIVE',
      examples: ['BATCH'],
    },
    api: {
      enum: ['query', 'insert'],
      description:
        '`query`: one request brings the statement and its first rows (`jobs.query`), as the official client’s `query()`. `insert`: a job is made, ' +
        'then its rows are asked for (`jobs.insert`, `getQueryResults`), as `createQueryJob()` does and older clients do. A dry run and ' +
        '`priority: BATCH` always are jobs.',
      default: 'query',
      examples: ['insert'],
    },
    labels: {
      type: 'object',
      additionalProperties: { type: 'string' },
      description: 'Labels of the job: they are in the bill, and in INFORMATION_SCHEMA.JOBS.',
      examples: [{ test: 'nightly' }],
    },
    location: {
      type: 'string',
      description: 'Where the data lie and the job runs. Not set, or empty: BigQuery finds out.',
      examples: ['EU', 'europe-west3'],
    },
    maximumBytesBilled: {
      type: 'integer',
      minimum: 0,
      description: 'A query that would be billed for more bytes fails, free of charge. Not set: no limit.',
      examples: [1_000_000_000],
    },
    defaultDataset: {
      type: 'string',
      description: 'For tables that are named without one: `dataset` or `project.dataset`.',
      examples: ['pipeline'],
    },
    fetch: {
      anyOf: [{ type: 'integer', minimum: 1 }, { enum: ['none', 'all'] }],
      description:
        'How many rows of the result are fetched, page by page; the sample lasts until they are there. `none`: the sample ends when the query is done.',
      default: 'all',
      examples: ['none', 100],
    },
    resultHash: {
      anyOf: [{ type: 'boolean' }, { type: 'string', minLength: 1 }],
      description:
        'Make a hash of the fetched rows, whatever their order and the names of the columns, floats to 12 digits: header `x-bigquery-result-hash`. Two queries ' +
        'with the same hash gave the same rows. With names of columns, separated by commas, the rows have only these, in this order: so a query is compared with one that reads more.',
      default: false,
      examples: [true, 'id, name'],
    },
    price: priceSchema,
    statistics: {
      type: 'boolean',
      description:
        'Whether what the answer does not say of the job, such as its slot time, is asked for with one more request (`jobs.get`) once the sample’s time has ended. ' +
        '`true`: always; `false`: never. Not set: only where somebody wants to know it: a threshold on a metric that is made of it, `price`, an extractor, an assertion ' +
        'or a script that reads it, the listener `csv`, or one that keeps answers. What was not asked for is shown as not known.',
      examples: [false],
    },
    timeout: {
      type: 'string',
      unit: 'ms',
      description: 'Limit for the whole operation; then the sample fails and the job is cancelled.',
      default: '5m',
      examples: ['30s'],
    },
    retries: {
      type: 'integer',
      minimum: 0,
      description:
        'How often a request is sent again after a 429, a 5xx or a lost connection, with growing pauses that are part of the sample’s time. ' +
        'None by default: a retried sample hides a failure in its time.',
      default: 0,
      examples: [3],
    },
  },
} as const;

/** One operation, rendered. */
export type BigQueryConfig = Infer<typeof bigquerySchema>;
