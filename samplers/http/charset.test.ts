import { describe, expect, it } from 'vitest';
import { charsetMistakes, charsetWriter, fieldsIn } from './charset.ts';
import type { HttpConfig } from './schema.ts';
import { run } from './test-support/perform.ts';
import { ok, textServer } from './test-support/servers.ts';

/** What a request sends: its target, content type and body, a character for each byte. */
async function sent(config: Partial<HttpConfig>) {
  const server = await textServer(ok());
  const outcome = await run(() => Buffer.from('é')).get({ method: 'POST', baseUrl: server.url, ...config });
  expect(outcome).toMatchObject({ ok: true });
  const [head = '', ...rest] = server.received().split('\r\n\r\n');
  return {
    target: head.split(' ')[1],
    type: /^content-type: (.*)$/im.exec(head)?.[1],
    length: Number(/^content-length: (.*)$/im.exec(head)?.[1]),
    body: rest.join('\r\n\r\n'),
  };
}

describe('a request in a charset', () => {
  it.each<[string, Partial<HttpConfig>, { body: string; type?: string; target?: string }]>([
    ['a text', { charset: 'ISO-8859-1', body: 'café' }, { body: 'caf\xe9' }],
    ['one of Windows', { charset: 'windows-1252', body: '5 €' }, { body: '5 \x80' }],
    ['a Japanese one', { charset: 'Shift_JIS', body: '日本' }, { body: '\x93\xfa\x96\x7b' }],
    ['a Chinese one', { charset: 'GBK', body: '中文' }, { body: '\xd6\xd0\xce\xc4' }],
    ['UTF-16', { charset: 'UTF-16LE', body: 'aé' }, { body: 'a\0\xe9\0' }],
    [
      'UTF-16 with a mark of its own, which is a character',
      { charset: 'UTF-16LE', body: '\ufeffa' },
      { body: '\xff\xfea\0' },
    ],
    ['UTF-8 by name', { charset: 'utf-8', body: 'é' }, { body: '\xc3\xa9' }],
    [
      'JSON',
      { charset: 'ISO-8859-1', json: '{"a":"é"}' },
      { body: '{"a":"\xe9"}', type: 'application/json; charset=ISO-8859-1' },
    ],
    [
      'a form',
      { charset: 'ISO-8859-1', form: 'a=%C3%BC%26&b=x' },
      { body: 'a=%FC%26&b=x', type: 'application/x-www-form-urlencoded; charset=ISO-8859-1' },
    ],
    [
      'a form whose bytes are ASCII letters, too',
      { charset: 'Shift_JIS', form: 'a=%E3%82%BD' }, // ソ is 83 5C
      { body: 'a=%83%5C', type: 'application/x-www-form-urlencoded; charset=Shift_JIS' },
    ],
    [
      'a query, and not the path',
      { charset: 'ISO-8859-1', path: '/é', query: 'a=%C3%BC' },
      { body: '', target: '/%C3%A9?a=%FC' },
    ],
    [
      'a content type of the author’s stays',
      { charset: 'ISO-8859-1', form: 'a=%C3%BC', headers: { 'Content-Type': 'text/x' } },
      { body: 'a=%FC', type: 'text/x' },
    ],
    [
      'GraphQL',
      { charset: 'ISO-8859-1', graphql: { query: '{é}', failOnErrors: false } },
      {
        body: '{"operationName":null,"query":"{\xe9}"}',
        type: 'application/json; charset=ISO-8859-1',
      },
    ],
    ['a file is sent byte for byte', { charset: 'ISO-8859-1', bodyFile: 'x' }, { body: '\xc3\xa9' }],
  ])('%s', async (_, config, expected) => {
    const found = await sent(config);
    expect(found).toMatchObject(expected);
    expect(found.length).toBe(expected.body.length);
  });

  it('the texts and names of a multipart body, not its files', async () => {
    const { body } = await sent({
      charset: 'ISO-8859-1',
      multipart: { é: 'ü', file: { file: 'x', filename: 'é.txt' } },
    });
    expect(body).toContain('name="\xe9"\r\nContent-Type: text/plain; charset=ISO-8859-1\r\n');
    expect(body).toContain('\r\n\r\n\xfc\r\n');
    expect(body).toContain('filename="\xe9.txt"');
    expect(body).toContain('\r\n\r\n\xc3\xa9\r\n');
  });

  it.each<[string, Partial<HttpConfig>]>([
    ['a text', { body: 'Preis: 5 €' }],
    ['a form', { form: 'a=%E2%82%AC' }],
    ['a query', { query: 'a=%E2%82%AC' }],
    ['a part', { multipart: { a: '€' } }],
  ])(
    '%s with a character that the charset lacks fails the sample, and nothing is sent',
    async (_, config) => {
      const server = await textServer(ok());
      const outcome = await run().get({ method: 'POST', url: server.url, charset: 'ISO-8859-1', ...config });
      expect(outcome).toMatchObject({
        ok: false,
        failure:
          'request.charset: the request cannot be written in the charset that it asks for: ISO-8859-1 has no character "€".',
      });
      expect(server.received()).toBe('');
    },
  );

  it('of a name that comes with the run and is none fails the sample', async () => {
    const server = await textServer(ok());
    const outcome = await run().get({ method: 'POST', url: server.url, charset: 'klingon', body: 'a' });
    expect(outcome.failure).toContain('charset must be one that is known here');
  });
});

describe('the name of a charset', () => {
  it.each([
    'utf8',
    'UTF-8',
    'latin1',
    'ISO_8859-1',
    'us-ascii',
    'cp1252',
    'EUC-JP',
    'Big5',
    'koi8-r',
    'UTF-16',
  ])('%s is known', (charset) => {
    expect(charsetMistakes({ charset })).toEqual([]);
    expect(charsetWriter(charset)('a').includes(0x61)).toBe(true);
  });

  it.each(['', 'base64', 'hex', 'klingon', 'utf-7'])('%j is told', (charset) => {
    expect(charsetMistakes({ charset })).toMatchObject([{ key: 'charset' }]);
  });

  it('that is misspelt is told with the one that is meant', () => {
    expect(charsetMistakes({ charset: 'ISO-8859-01' })[0]?.message).toContain('Did you mean "ISO-8859-1"?');
  });

  it('is not judged before it is known', () => {
    expect(charsetMistakes({})).toEqual([]);
  });
});

describe('percent-encoded fields', () => {
  it.each([
    ['a=%C3%BC+%C3%BC&b=%25C3', 'a=%FC+%FC&b=%25C3'],
    ['plain=1', 'plain=1'],
    ['a=%2B%c3%bc', 'a=%2B%FC'],
  ])('%s becomes %s', (encoded, expected) => {
    expect(fieldsIn(charsetWriter('ISO-8859-1'), encoded)).toBe(expected);
  });
});
