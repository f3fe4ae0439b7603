import { describe, expect, it } from 'vitest';
import { requestOf } from './request.ts';
import type { HttpConfig } from './schema.ts';
import { sentRequest } from './sent-request.ts';
import { configured } from './test-support/perform.ts';

function sent(config: Partial<HttpConfig>, cookie = '', extra: readonly string[] = []) {
  const request = requestOf(configured({ baseUrl: 'http://h:1/v1', ...config }), () => Buffer.from('secret'));
  if ('cause' in request) throw new Error(request.failure);
  return sentRequest({ request: { ...request, extra }, cookie });
}

const usual = [
  ['user-agent', 'loadplan'],
  ['accept-encoding', 'gzip, deflate, br'],
];

describe('what was sent', () => {
  it.each([
    [
      'has the headers that the transport adds',
      sent({ path: '/a b' }),
      {
        method: 'GET',
        url: 'http://h:1/v1/a%20b',
        headers: [['host', 'h:1'], ['connection', 'keep-alive'], ...usual],
        body: '',
      },
    ],
    [
      'has the author’s headers as the author spells them, and the body as text',
      sent({ method: 'post', headers: { 'X-A': 'B', Host: 'other', Connection: 'close' }, body: 'é' }),
      {
        method: 'POST',
        headers: [
          ['connection', 'close'],
          ...usual,
          ['X-A', 'B'],
          ['Host', 'other'],
          ['content-length', '2'],
        ],
        body: 'é',
      },
    ],
    [
      'has the cookies',
      sent({}, 'a=1; b=2'),
      { headers: [['host', 'h:1'], ['connection', 'keep-alive'], ...usual, ['cookie', 'a=1; b=2']] },
    ],
    [
      'has what was added for this sending, but not the credentials',
      sent({ auth: { bearer: 't0ken' } }, '', ['if-none-match', '"x"', 'authorization', 'Bearer t0ken']),
      {
        headers: [
          ['host', 'h:1'],
          ['connection', 'keep-alive'],
          ...usual,
          ['if-none-match', '"x"'],
          ['authorization', 'Bearer ***'],
        ],
      },
    ],
    [
      'has an Authorization header that the author wrote',
      sent({ headers: { Authorization: 'Bearer mine' } }),
      {
        headers: [['host', 'h:1'], ['connection', 'keep-alive'], ...usual, ['Authorization', 'Bearer mine']],
      },
    ],
  ])('%s', (_, found, expected) => {
    expect(found).toMatchObject(expected);
  });

  it('names the files of a multipart body without their content, and has the length that went over the wire', () => {
    const { headers, body } = sent({ method: 'POST', multipart: { a: '1', b: { file: 'x' } } });
    expect(body).toContain('filename="x"');
    expect(body).not.toContain('secret');
    expect(Number(headers.find(([name]) => name === 'content-length')?.[1])).toBeGreaterThan(100);
    expect(sent({ method: 'POST', bodyFile: 'x' }).body).toBe('secret');
  });
});
