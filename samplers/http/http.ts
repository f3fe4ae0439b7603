import { addressMistakes, bodies, checkHttp, filesOfHttp } from './check.ts';
import { defineSampler } from '../../engine/model/sampler.ts';
import { charsetMistakes } from './charset.ts';
import { connectionMistakes, filesOfConnection } from './check-connection.ts';
import { HttpSampler } from './http-sampler.ts';
import { httpSchema } from './schema.ts';

/**
 * `http`: one HTTP request over undici, as JMeter's HTTP Request performs it.
 *
 * A status from 200 to 399 is a success. Errors of the network become failed samples with JMeter's code
 * (`Non HTTP response code: java.net.SocketException`), and a failure that begins with the cause
 * (`reset.mid_body: …`). A body that nothing reads is counted and dropped, and never decompressed. Known
 * limit: no `Expect: 100-continue`.
 */
export const http = defineSampler({
  kind: 'http',
  jmeter: 'HTTP Request',
  example: `
- get: { path: /healing/issues, query: { status: open, limit: 5 } }
  name: Open issues
  expect: 200 # or 2xx, or [200, 404]; without it 200 to 399 is a success
  extract: { issueId: '$.data.items[0].id' }
- post:
    path: /healing/detect
    headers: { X-Request-Id: '\${__UUID()}' }
    json: { issue_type: data_quality, description: 'like \${issueId}' } # or form: a map, or body: a text, bodyFile: a file, graphql: an operation
    timeout: 10s
- post: { path: /healing/detect, multipart: { title: Users, list: { file: users.csv, type: text/csv } } }
  expect: [201, 400, 422] # the sandbox takes no files
- get:
    path: /healing/issues
    auth: { bearer: '\${token}' } # or basic, or digest
    cookies: { clearEachIteration: true, preset: [{ name: consent, value: all }] }
    cache: { onHit: sample }
    embedded: { exclude: '.*/ads/.*', parallel: 2 }
`,
  scalar: 'path',
  aliases: {
    get: { method: 'GET' },
    post: { method: 'POST' },
    put: { method: 'PUT' },
    patch: { method: 'PATCH' },
    delete: { method: 'DELETE' },
    head: { method: 'HEAD' },
    options: { method: 'OPTIONS' },
  },
  schema: httpSchema,
  exclusive: [bodies, ['auth'], ['certificate']],
  check: checkHttp,
  files: (known) => [...filesOfHttp(known), ...filesOfConnection(known)],
  checkKnown: (known, read) => [
    ...addressMistakes(known),
    ...charsetMistakes(known),
    ...connectionMistakes(known, read),
  ],
  label: ({ method, url, path }) => `${text(method) ?? 'GET'} ${text(url) ?? text(path) ?? '/'}`,
  open: (options) => new HttpSampler(options),
});

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
