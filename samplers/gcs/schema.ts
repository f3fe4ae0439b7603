import type { Infer } from '../../engine/model/json-schema.ts';
import { googleProperties } from '../google/google-schema.ts';
import { payloadProperties } from './payload/payload-schema.ts';

const name = { type: 'string', minLength: 1 } as const;

/** What an author may say of an operation on Cloud Storage. One key says which operation; the others are its options. */
export const gcsSchema = {
  type: 'object',
  description:
    'One operation on Cloud Storage, with the requests of the official client: upload, download, list, delete, deleteAll, compose, ' +
    'metadata, createBucket or deleteBucket.',
  additionalProperties: false,
  properties: {
    upload: {
      ...name,
      description: 'Uploads an object of this name: file, text, json, generate or stream says what it holds.',
      examples: ['landing/orders-${__threadNum}.csv'],
    },
    download: {
      ...name,
      description:
        'Downloads the object of this name. Content that nothing reads is counted, checked and dropped.',
      examples: ['landing/orders.csv'],
    },
    list: {
      type: 'string',
      description: 'Lists the objects whose names begin so; an empty text lists all. One page is one sample.',
      examples: ['landing/', ''],
    },
    delete: {
      ...name,
      description: 'Deletes the object of this name. 404 when there is none.',
      examples: ['landing/orders.csv'],
    },
    deleteAll: {
      type: 'string',
      description:
        'Deletes all objects whose names begin so, ten at a time; an empty text empties the bucket. For tear-down.',
      examples: ['landing/run-${run}/'],
    },
    compose: {
      ...name,
      description: 'Makes an object of this name of 1 to 32 others, one after the other.',
      examples: ['landing/whole.csv'],
    },
    metadata: {
      ...name,
      description: 'Asks for the metadata of an object.',
      examples: ['landing/orders.csv'],
    },
    createBucket: {
      ...name,
      description: 'Creates a bucket. 409 when there is one of the name.',
      examples: ['load-test-${run}'],
    },
    deleteBucket: {
      ...name,
      description: 'Deletes a bucket, which must be empty.',
      examples: ['load-test-${run}'],
    },
    ...googleProperties,
    bucket: {
      ...name,
      description: 'The bucket of the objects.',
      examples: ['my-landing-bucket', '${sandbox.bucket}'],
    },
    ...payloadProperties,
    kind: {
      enum: ['resumable', 'multipart', 'media', 'composite'],
      description:
        'How an upload is sent. `resumable`: a session, then one request or one for each chunk. `multipart`: metadata and ' +
        'content in one request. `media`: content alone in one request. `composite`: parts side by side, then composed and ' +
        'deleted (a parallel composite upload).',
      default: 'resumable',
      examples: ['composite'],
    },
    chunkSize: {
      type: 'string',
      unit: 'bytes',
      description:
        'Sends a resumable upload, or each part of a composite one, in requests of this size: a multiple of 256KiB. ' +
        'Not set: one request.',
      minimum: 262_144,
      examples: ['8MiB'],
    },
    parts: {
      type: 'integer',
      minimum: 2,
      maximum: 32,
      description: 'Parts of a composite upload.',
      default: 4,
      examples: [8],
    },
    contentType: {
      type: 'string',
      description: 'Content type of an upload. Not set: by the payload, or by the end of the object’s name.',
      examples: ['text/csv'],
    },
    customMetadata: {
      type: 'object',
      additionalProperties: { type: 'string' },
      description: 'Metadata of the author’s that an upload carries.',
      examples: [{ run: '${run}' }],
    },
    ifGenerationMatch: {
      type: 'integer',
      minimum: 0,
      description:
        'An upload succeeds only if the object has this generation; 0: only if there is none. Else 412.',
      examples: [0],
    },
    validation: {
      enum: ['crc32c', 'md5', 'none'],
      description:
        'Which checksum is compared from end to end. Objects that do not match fail their sample with ' +
        '`checksum.mismatch`; a wrong upload is deleted, as the client does it. Composed objects have no MD5, and a range no checksum.',
      default: 'crc32c',
      examples: ['none'],
    },
    range: {
      type: 'object',
      additionalProperties: false,
      description: 'Downloads only these bytes.',
      properties: {
        start: {
          type: 'integer',
          minimum: 0,
          default: 0,
          description: 'First byte, from 0.',
          examples: [1024],
        },
        end: {
          type: 'integer',
          minimum: 0,
          description: 'Last byte, itself included. Not set: to the end.',
          examples: [2047],
        },
      },
      examples: [{ start: 0, end: 1023 }],
    },
    maxResponseSize: {
      type: 'string',
      unit: 'bytes',
      description:
        'Largest content of a download that is kept when something reads it, such as an extractor; a larger one fails the sample.',
      default: '64MiB',
      examples: ['1MiB'],
    },
    delimiter: {
      type: 'string',
      description: 'Lists names up to this text only, with the rest as prefixes: folders, with `/`.',
      examples: ['/'],
    },
    maxResults: {
      type: 'integer',
      minimum: 1,
      maximum: 1000,
      description: 'Objects on a page of a list.',
      default: 1000,
      examples: [100],
    },
    pageToken: {
      type: 'string',
      description: 'The page of a list: `nextPageToken` of the one before. Empty: the first.',
      examples: ['${next}'],
    },
    allPages: {
      type: 'boolean',
      description: 'Lists all pages in one sample.',
      default: false,
      examples: [true],
    },
    sources: {
      type: 'array',
      items: { type: 'string', minLength: 1 },
      minItems: 1,
      maxItems: 32,
      description: 'The objects that compose puts together, in order.',
      examples: [['landing/a.csv', 'landing/b.csv']],
    },
    location: {
      type: 'string',
      description: 'Where createBucket puts a bucket. Not set: the service’s default.',
      examples: ['EU', 'europe-west3'],
    },
    retries: {
      type: 'integer',
      minimum: 0,
      maximum: 10,
      description:
        'How often a request is sent again after 408, 429, 5xx or a lost connection, after 1 s, 2 s, 4 s … up to 64 s, and up to a second more, ' +
        'as the client does. A resumable upload goes on from what the service has, without chunkSize too, and counts anew once more has got ' +
        'through; one whose session is gone begins anew. Off by default, so that times are those of one attempt.',
      default: 0,
      examples: [3],
    },
    timeout: {
      type: 'string',
      unit: 'ms',
      description: 'Limit for the whole operation, with all its requests. 0: none.',
      default: '10m',
      examples: ['30s'],
    },
  },
} as const;

/** One operation, rendered. */
export type GcsConfig = Infer<typeof gcsSchema>;

/** The keys that say which operation it is. */
export const operations = [
  'upload',
  'download',
  'list',
  'delete',
  'deleteAll',
  'compose',
  'metadata',
  'createBucket',
  'deleteBucket',
] as const;

export type OperationName = (typeof operations)[number];
