import type { Infer } from '../../engine/model/json-schema.ts';
import { authSchema } from './auth.ts';
import { cacheSchema } from './cache-options.ts';
import { connectionSchema } from './connection-schema.ts';
import { cookiesSchema } from './cookie-options.ts';
import { embeddedSchema } from './embedded-options.ts';
import { graphqlSchema } from './graphql.ts';
import { multipartSchema } from './multipart-schema.ts';

/** What an author may say of an HTTP request. Durations of 0 mean: no limit. */
export const httpSchema = {
  type: 'object',
  description: 'One HTTP request. A status from 200 to 399 is a success unless `expect` says otherwise.',
  additionalProperties: false,
  properties: {
    method: {
      type: 'string',
      description: 'The request method; any token, sent in upper case.',
      pattern: "^[A-Za-z0-9!#$%&'*+.^_`|~-]+$",
      default: 'GET',
      examples: ['GET', 'POST', 'PURGE'],
    },
    url: {
      type: 'string',
      description: 'The whole URL. Wins over `baseUrl` and `path`.',
      examples: ['https://api.example.com/items?limit=10'],
    },
    baseUrl: {
      type: 'string',
      description: 'What `path` is appended to: scheme, host, port and perhaps the start of a path.',
      examples: ['https://api.example.com/v1'],
    },
    path: {
      type: 'string',
      description:
        'The path, with or without a query. A missing leading slash is added and spaces become %20. ' +
        'A path that starts with http:// or https:// is the whole URL.',
      default: '/',
      examples: ['/healing/issues', '/items/${id}?full=true'],
    },
    query: {
      type: 'object',
      additionalProperties: true,
      description: 'Parameters that are percent-encoded and appended to the path.',
      render: 'query',
      examples: [{ limit: 10, state: 'open' }],
    },
    headers: {
      type: 'object',
      description:
        'Request headers; names in any case. They win over the defaults (user-agent, accept-encoding, ' +
        'content-type). Content-Length is always computed.',
      choices: true,
      additionalProperties: { type: 'string' },
      default: {},
      examples: [{ Accept: 'application/json', Authorization: 'Bearer ${token}' }],
    },
    json: {
      description: 'A body, sent as JSON. At most one of json, form, body, bodyFile, multipart and graphql.',
      render: 'json',
      examples: [{ name: 'orders', rows: 100 }],
    },
    form: {
      type: 'object',
      additionalProperties: true,
      description: 'A body of form fields, percent-encoded.',
      render: 'form',
      examples: [{ user: 'ann', password: '${secret.password}' }],
    },
    body: {
      type: 'string',
      description:
        'A body, sent as it stands, in UTF-8 unless `charset` says otherwise. No content-type is added.',
      examples: ['<ping/>'],
    },
    charset: {
      type: 'string',
      description:
        'The charset in which `json`, `form`, `body`, `graphql`, the texts of `multipart` and `query` are written, JMeter’s ' +
        '“Content encoding”. Not set: UTF-8. It is named in the content types that are added; one that you write yourself ' +
        'stays as it is. A character that the charset does not have fails the sample. Of `query`, only what stands there as ' +
        'a map; a path is always in UTF-8.',
      examples: ['ISO-8859-1', 'Shift_JIS'],
    },
    bodyFile: {
      type: 'string',
      description: 'A body: a file of the plan’s folder, sent byte for byte. No content-type is added.',
      examples: ['data/payload.xml'],
    },
    multipart: multipartSchema,
    multipartHeaders: {
      enum: ['full', 'browser'],
      description:
        'What each part of `multipart` says of itself. Not set or `full`: content type and transfer encoding, as JMeter. ' +
        '`browser`: as browsers do, JMeter’s “browser-compatible headers”.',
      examples: ['browser'],
    },
    graphql: graphqlSchema,
    timeout: {
      type: 'string',
      unit: 'ms',
      description: 'Limit for the whole operation, redirects included.',
      default: '60s',
      examples: ['30s', '500ms'],
    },
    connectTimeout: {
      type: 'string',
      unit: 'ms',
      description: 'Limit for resolving, connecting and the TLS handshake.',
      default: '30s',
      examples: ['5s'],
    },
    firstByteTimeout: {
      type: 'string',
      unit: 'ms',
      description: 'Limit from sending the request to the end of the response headers. Not set: none.',
      examples: ['2s'],
    },
    idleTimeout: {
      type: 'string',
      unit: 'ms',
      description: 'Limit for a silence within the response body. Not set: none.',
      examples: ['10s'],
    },
    followRedirects: {
      type: 'boolean',
      description:
        'Follow 301, 302, 303, 307 and 308; each hop becomes a sub-sample. ' +
        'Authorization and Cookie headers of the author are not sent to another origin.',
      default: true,
      examples: [false],
    },
    maxRedirects: {
      type: 'integer',
      minimum: 0,
      description: 'Redirects to follow before the sample fails.',
      default: 20,
      examples: [5],
    },
    connections: {
      enum: ['user', 'shared'],
      description:
        '`user`: each virtual user keeps its own connection to an origin. ' +
        '`shared`: users of a worker take idle connections from one pool for each origin.',
      default: 'user',
      examples: ['shared'],
    },
    maxResponseSize: {
      type: 'integer',
      minimum: 0,
      description: 'Largest response body in bytes, also once decompressed; a larger one fails the sample.',
      default: 67_108_864,
      examples: [1_048_576],
    },
    cookies: cookiesSchema,
    cache: cacheSchema,
    auth: authSchema,
    embedded: embeddedSchema,
    ...connectionSchema,
    decompress: {
      type: 'boolean',
      description: 'Ask for gzip, deflate or br, and decompress bodies that something reads.',
      default: true,
      examples: [false],
    },
  },
} as const;

/** One request, rendered. */
export type HttpConfig = Infer<typeof httpSchema>;
