import { rowKeys } from '../../engine/generate/rows/written.ts';
import { dataSetKeys } from '../../engine/generate/written.ts';

const tableDescription =
  '`table`, `dataset.table` or `project.dataset.table`; what is missing comes from `defaultDataset` and `project`.';

const columnsSchema = {
  anyOf: [
    { type: 'string' },
    { type: 'array', items: { type: 'object', additionalProperties: true }, minItems: 1 },
  ],
  description:
    'Columns: `id:INTEGER, name:STRING`, or a list of BigQuery’s field descriptions (`{ name: id, type: INTEGER, mode: REQUIRED }`).',
  examples: ['id:INTEGER, name:STRING'],
} as const;

/** Rows that one insert may have (cloud.google.com/bigquery/quotas#streaming_inserts). */
export const mostInsertedRows = 50_000;

export const loadSchema = {
  type: 'object',
  required: ['table', 'from'],
  additionalProperties: false,
  description: 'A load job: rows of files into a table. The sample ends when the job is done.',
  examples: [{ table: 'pipeline.users', from: 'gs://landing/users.csv', format: 'CSV', autodetect: true }],
  properties: {
    table: { type: 'string', description: tableDescription, examples: ['pipeline.users'] },
    from: {
      anyOf: [
        { type: 'string' },
        { type: 'array', items: { type: 'string' }, minItems: 1 },
        {
          type: 'object',
          additionalProperties: false,
          required: ['generate', 'rows'],
          properties: dataSetKeys,
        },
      ],
      description:
        'Objects of Cloud Storage, `gs://bucket/name*`, one or a list; or a file of the plan’s folder, or generated data, whose content is sent ' +
        'with the job. Generated data of up to 64 MiB are made before the sample’s time begins, larger ones while they are sent.',
      examples: [
        'gs://landing/users.csv',
        'users.csv',
        { generate: 'facts', rows: '10k', format: 'parquet' },
      ],
    },
    format: {
      enum: ['CSV', 'NEWLINE_DELIMITED_JSON', 'PARQUET', 'AVRO', 'ORC'],
      description:
        'What the files are. Not set: that of generated data, or by the end of the name of the first, else CSV.',
      examples: ['PARQUET'],
    },
    schema: columnsSchema,
    autodetect: {
      type: 'boolean',
      description: 'Whether BigQuery finds out the columns.',
      examples: [true],
    },
    writeDisposition: {
      enum: ['WRITE_APPEND', 'WRITE_TRUNCATE', 'WRITE_EMPTY'],
      description: 'What becomes of rows that are there.',
      default: 'WRITE_APPEND',
      examples: ['WRITE_TRUNCATE'],
    },
    createDisposition: {
      enum: ['CREATE_IF_NEEDED', 'CREATE_NEVER'],
      description: 'Whether a table that is not there is made.',
      default: 'CREATE_IF_NEEDED',
      examples: ['CREATE_NEVER'],
    },
    skipLeadingRows: {
      type: 'integer',
      minimum: 0,
      description: 'Lines of a CSV file that are no rows.',
      examples: [1],
    },
    fieldDelimiter: { type: 'string', description: 'Between the columns of a CSV file.', examples: [';'] },
    maxBadRecords: {
      type: 'integer',
      minimum: 0,
      description: 'Bad rows that are left out before the job fails.',
      examples: [10],
    },
    ignoreUnknownValues: {
      type: 'boolean',
      description: 'Whether values without a column are left out instead of making their row a bad one.',
      examples: [true],
    },
  },
} as const;

export const exportSchema = {
  type: 'object',
  required: ['table', 'to'],
  additionalProperties: false,
  description: 'An extract job: the rows of a table into files. The sample ends when the job is done.',
  examples: [{ table: 'pipeline.users', to: 'gs://landing/users-*.csv' }],
  properties: {
    table: { type: 'string', description: tableDescription, examples: ['pipeline.users'] },
    to: {
      anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' }, minItems: 1 }],
      description: 'Objects of Cloud Storage; `*` lets BigQuery write several.',
      examples: ['gs://landing/users-*.csv'],
    },
    format: {
      enum: ['CSV', 'NEWLINE_DELIMITED_JSON', 'PARQUET', 'AVRO'],
      description: 'What the files are.',
      default: 'CSV',
      examples: ['PARQUET'],
    },
    compression: {
      enum: ['NONE', 'GZIP', 'SNAPPY', 'DEFLATE', 'ZSTD'],
      description: 'How the files are compressed; which one is possible depends on the format.',
      default: 'NONE',
      examples: ['GZIP'],
    },
    printHeader: {
      type: 'boolean',
      description: 'Whether a CSV file begins with the names of the columns.',
      default: true,
      examples: [false],
    },
    fieldDelimiter: { type: 'string', description: 'Between the columns of a CSV file.', examples: [';'] },
  },
} as const;

export const insertSchema = {
  type: 'object',
  required: ['table', 'rows'],
  additionalProperties: false,
  description: 'Streams rows into a table with one request (`tabledata.insertAll`).',
  examples: [{ table: 'pipeline.users', rows: [{ id: 1, name: 'Ada' }] }],
  properties: {
    table: { type: 'string', description: tableDescription, examples: ['pipeline.users'] },
    rows: {
      anyOf: [
        { type: 'array', minItems: 1, items: { type: 'object', additionalProperties: true } },
        { type: 'object', additionalProperties: false, required: ['generate', 'rows'], properties: rowKeys },
      ],
      description:
        'Rows, by the names of the columns; or generated ones, which are made before the sample’s time begins. BigQuery takes 50,000 in a request, ' +
        'and 10 MB, and advises 500.',
      examples: [[{ id: 1, name: 'Ada' }], { generate: 'facts', rows: 500 }],
    },
    insertIds: {
      type: 'boolean',
      description:
        'Whether each row has an id, by which BigQuery drops one that was sent twice; costs it throughput.',
      default: true,
      examples: [false],
    },
    skipInvalidRows: {
      type: 'boolean',
      description: 'Whether good rows are taken when others are refused; the sample fails all the same.',
      default: false,
      examples: [true],
    },
    ignoreUnknownValues: {
      type: 'boolean',
      description: 'Whether values without a column are left out instead of refusing their row.',
      default: false,
      examples: [true],
    },
  },
} as const;

export const createSchema = {
  type: 'object',
  additionalProperties: false,
  description: 'Makes a dataset, or a table.',
  examples: [{ dataset: 'load_test' }, { table: 'load_test.users', schema: 'id:INTEGER, name:STRING' }],
  properties: {
    dataset: {
      type: 'string',
      description: 'The dataset to make: `dataset` or `project.dataset`.',
      examples: ['load_test'],
    },
    table: { type: 'string', description: tableDescription, examples: ['load_test.users'] },
    schema: columnsSchema,
    expiration: {
      type: 'string',
      unit: 'ms',
      description:
        'After this time BigQuery deletes the table, or each table of the dataset. A dataset’s is an hour at least.',
      examples: ['1d'],
    },
    ifExists: {
      enum: ['fail', 'ignore'],
      description: 'Whether one that is there fails the sample.',
      default: 'fail',
      examples: ['ignore'],
    },
  },
} as const;

export const deleteSchema = {
  type: 'object',
  additionalProperties: false,
  description: 'Deletes a dataset, or a table.',
  examples: [{ dataset: 'load_test', contents: true, ifMissing: 'ignore' }],
  properties: {
    dataset: {
      type: 'string',
      description: 'The dataset to delete: `dataset` or `project.dataset`.',
      examples: ['load_test'],
    },
    table: { type: 'string', description: tableDescription, examples: ['load_test.users'] },
    contents: {
      type: 'boolean',
      description:
        'Whether a dataset goes with its tables; else one that has some stays, and the sample fails.',
      default: false,
      examples: [true],
    },
    ifMissing: {
      enum: ['fail', 'ignore'],
      description: 'Whether one that is not there fails the sample.',
      default: 'fail',
      examples: ['ignore'],
    },
  },
} as const;
