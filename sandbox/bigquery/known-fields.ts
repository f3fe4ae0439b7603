import { anything, count, flag, only } from '../known.ts';
import type { Fields, Leaf } from '../known.ts';
import { tokenOfPage } from './page-token.ts';

/**
 * What requests to BigQuery may say. Each field is heeded, or has no effect on what a client gets (labels, etags, what only
 * the service says); all others are refused by name.
 * https://cloud.google.com/bigquery/docs/reference/rest
 */
const ofService: Fields = { kind: anything, etag: anything, id: anything, selfLink: anything };

/** Parameters of all routes that say nothing of what is asked for, but must be of their form. */
export const common: Fields = {
  alt: only('json'),
  $alt: startsWith('json'),
  prettyPrint: flag,
  pp: flag,
  '$.xgafv': only('1', '2'),
};

function startsWith(word: string): Leaf {
  return (value) =>
    typeof value === 'string' && value.split(';')[0] === word ? { value } : only(word)(value);
}

const tableReference: Fields = { projectId: anything, datasetId: anything, tableId: anything };
const datasetReference: Fields = { projectId: anything, datasetId: anything };

const partitions: Fields = {
  timePartitioning: {
    type: only('DAY', 'HOUR', 'MONTH', 'YEAR'),
    field: anything,
    expirationMs: count,
    requirePartitionFilter: flag,
  },
  rangePartitioning: { field: anything, range: { start: anything, end: anything, interval: anything } },
  clustering: { fields: [anything] },
};

const leafField: Fields = {
  name: anything,
  type: anything,
  mode: only('NULLABLE', 'REQUIRED', 'REPEATED'),
  description: anything,
  precision: count,
  scale: count,
};
const schema: Fields = {
  fields: [{ ...leafField, fields: [{ ...leafField, fields: [{ ...leafField, fields: anything }] }] }],
};

const dispositions: Fields = {
  createDisposition: only('CREATE_IF_NEEDED', 'CREATE_NEVER'),
  writeDisposition: only('WRITE_APPEND', 'WRITE_TRUNCATE', 'WRITE_EMPTY'),
};

const asked: Fields = {
  query: anything,
  defaultDataset: datasetReference,
  maximumBytesBilled: count,
  parameterMode: only('NAMED', 'POSITIONAL'),
  queryParameters: [{ name: anything, parameterType: anything, parameterValue: anything }],
  useLegacySql: flag,
  useQueryCache: flag,
  // They are for legacy SQL, which is refused.
  allowLargeResults: anything,
  flattenResults: anything,
  preserveNulls: anything,
  createSession: only('false'),
  continuous: only('false'),
};

const query: Fields = {
  ...asked,
  ...dispositions,
  ...partitions,
  destinationTable: tableReference,
  priority: only('INTERACTIVE', 'BATCH'),
  maximumBillingTier: anything,
};

const load: Fields = {
  ...dispositions,
  ...partitions,
  sourceUris: [anything],
  sourceFormat: anything,
  schema,
  destinationTable: tableReference,
  destinationTableProperties: {
    description: anything,
    friendlyName: anything,
    labels: anything,
    expirationTime: count,
  },
  fieldDelimiter: anything,
  skipLeadingRows: count,
  quote: only('"'),
  allowQuotedNewlines: flag,
  allowJaggedRows: only('false'),
  ignoreUnknownValues: flag,
  maxBadRecords: count,
  encoding: only('UTF-8', 'UTF8'),
  autodetect: flag,
  nullMarker: anything,
  useAvroLogicalTypes: only('true'),
  fileSetSpecType: only('FILE_SET_SPEC_TYPE_FILE_SYSTEM_MATCH'),
};

const copy: Fields = {
  ...dispositions,
  sourceTable: tableReference,
  sourceTables: [tableReference],
  destinationTable: tableReference,
  operationType: only('COPY', 'OPERATION_TYPE_UNSPECIFIED'),
};

const extract: Fields = {
  sourceTable: tableReference,
  destinationUri: anything,
  destinationUris: [anything],
  destinationFormat: anything,
  compression: anything,
  fieldDelimiter: anything,
  printHeader: flag,
};

const jobReference: Fields = { projectId: anything, jobId: anything, location: anything };

export const jobBody: Fields = {
  ...ofService,
  jobReference,
  configuration: {
    jobType: anything,
    labels: anything,
    dryRun: flag,
    jobTimeoutMs: count,
    query,
    load,
    copy,
    extract,
  },
  status: anything,
  statistics: anything,
  user_email: anything,
  principal_subject: anything,
};

const formats: Fields = {
  useInt64Timestamp: flag,
  timestampOutputFormat: only('TIMESTAMP_OUTPUT_FORMAT_UNSPECIFIED', 'FLOAT64', 'INT64'),
};

/** `formatOptions.useInt64Timestamp` as a parameter of an address. */
const formatParameters: Fields = Object.fromEntries(
  Object.entries(formats).map(([name, rule]) => [`formatOptions.${name}`, rule]),
);

export const queryBody: Fields = {
  ...asked,
  kind: anything,
  location: anything,
  maxResults: count,
  timeoutMs: count,
  jobTimeoutMs: count,
  dryRun: flag,
  labels: anything,
  formatOptions: formats,
  requestId: anything,
  // A job is made in any case, which the second allows.
  jobCreationMode: only('JOB_CREATION_REQUIRED', 'JOB_CREATION_OPTIONAL', 'JOB_CREATION_MODE_UNSPECIFIED'),
};

export const pageParameters: Fields = { maxResults: count, pageToken: tokenOfPage };
export const resultParameters: Fields = {
  ...pageParameters,
  ...formatParameters,
  startIndex: count,
  timeoutMs: count,
  location: anything,
};
export const rowParameters: Fields = {
  ...pageParameters,
  ...formatParameters,
  startIndex: count,
  selectedFields: anything,
};
export const jobListParameters: Fields = {
  ...pageParameters,
  allUsers: flag,
  parentJobId: anything,
  projection: only('minimal', 'full'),
  stateFilter: [only('done', 'pending', 'running')],
  minCreationTime: count,
  maxCreationTime: count,
};
// Python's client asks for all of a job, which it gets in any case.
export const jobParameters: Fields = { location: anything, projection: only('minimal', 'full') };
export const uploadParameters: Fields = { uploadType: only('multipart', 'resumable'), upload_id: anything };

export const datasetBody: Fields = {
  // Node's client says it there, too.
  projectId: anything,
  ...ofService,
  datasetReference,
  friendlyName: anything,
  description: anything,
  labels: anything,
  location: anything,
  defaultTableExpirationMs: count,
  // Nobody is asked who he is, and nothing is kept of what was deleted.
  access: anything,
  maxTimeTravelHours: anything,
  type: anything,
  creationTime: anything,
  lastModifiedTime: anything,
};
export const datasetListParameters: Fields = { ...pageParameters, all: flag };
const accessPolicyVersion = only('0', '1', '3');
export const datasetCreation: Fields = { accessPolicyVersion };
// Nobody is asked who he is: what is said of access is nothing in each of them.
export const datasetParameters: Fields = {
  datasetView: only('DATASET_VIEW_UNSPECIFIED', 'METADATA', 'ACL', 'FULL'),
  accessPolicyVersion,
};
export const datasetChanges: Fields = {
  updateMode: only('UPDATE_MODE_UNSPECIFIED', 'UPDATE_METADATA', 'UPDATE_FULL'),
  accessPolicyVersion,
};
export const datasetDeletion: Fields = { deleteContents: flag };

export const tableBody: Fields = {
  ...ofService,
  ...partitions,
  tableReference,
  friendlyName: anything,
  description: anything,
  labels: anything,
  schema,
  view: { query: anything, useLegacySql: flag },
  requirePartitionFilter: flag,
  expirationTime: count,
  type: anything,
  location: anything,
  creationTime: anything,
  lastModifiedTime: anything,
  numBytes: anything,
  numRows: anything,
  numLongTermBytes: anything,
  numTotalLogicalBytes: anything,
  numActiveLogicalBytes: anything,
  streamingBuffer: anything,
};
export const tableParameters: Fields = {
  view: only('TABLE_METADATA_VIEW_UNSPECIFIED', 'BASIC', 'STORAGE_STATS', 'FULL'),
  selectedFields: anything,
};
export const tableChanges: Fields = { autodetect_schema: only('false') };

export const insertBody: Fields = {
  kind: anything,
  rows: [{ insertId: anything, json: anything }],
  skipInvalidRows: flag,
  ignoreUnknownValues: flag,
  traceId: anything,
};
