import { describe, expect, it } from 'vitest';
import { secretNet } from './net.ts';
import { encodings, secrets } from './test-support/encodings.ts';

describe('secretNet', () => {
  it.each([
    [[], 'a secret', 'a secret'],
    [['s3cret'], 'key=s3cret, again s3cret', 'key=***, again ***'],
    [['a b c d'], 'q=a%20b%20c%20d or a+b+c+d or a b c d', 'q=*** or *** or ***'],
    [['a"b\nccc'], '{"key":"a\\"b\\nccc"}', '{"key":"***"}'],
    [['a/ü&+= b'], 'http://h/a/%C3%BC&+=%20b?x', 'http://h/***?x'],
    [['a/ü&+= b'], '<pw>a/&#252;&amp;+= b</pw>', '<pw>***</pw>'],
    [['a/ü&+= b'], 'a/Ã¼&+= b', '***'],
    [['passphrase', 'pass'], 'passphrase pass', '*** pass'],
    [['secret1', 'secret12'], 'secret12 secret1', '*** ***'],
    [['s3cret'], 'Basic YW5uOnMzY3JldA== end', 'Basic YW5uO*** end'],
    [['1', 'test', 'short'], 'Get latest http://127.0.0.1 short', 'Get latest http://127.0.0.1 short'],
    [['202411'], 'version 1.202411.3, 99202411, key 202411.', 'version 1.202411.3, 99202411, key ***.'],
    [
      ['s3cret'],
      'Digest username="a", response="0123456789abcdef0123456789abcdef", nc=1',
      'Digest username="a", response="***", nc=1',
    ],
    [['s3cret'], '"Digest response=\\"0123456789abcdef0123456789abcdef\\""', '"Digest response=\\"***\\""'],
    [['pass-word-1'], 'wrong pass-w…, pass…', 'wrong ***…, pass…'],
    [['a"b c d e f'], 'x "a\\"b c d…" pass…', 'x "***…" pass…'],
    [['pass-word-1'], 'pass-word', 'pass-word'],
    [['pass-word-1'], '…word-1, ord-1 …rd-1', '…***, ord-1 …rd-1'],
    [['pass-word-1'], 'p\0a\0s\0s\0-\0w\0o\0r\0d\0-\x001\0', '***\0'],
    [[''], 'text', 'text'],
  ])('with %j: %s', (given, text, expected) => {
    expect(secretNet(given)(text)).toBe(expected);
  });

  it.each([
    ['http://www.example.org/example', 'http://www.example.org/***'],
    ['getaddrinfo ENOTFOUND www.example.org', 'getaddrinfo ENOTFOUND www.example.org'],
    ['host: localhost:8080', 'host: ***:8080'],
    ['http://localhost:8080/localhost', 'http://localhost:8080/***'],
    ['http://my.example.org/', 'http://my.***.org/'],
  ])('keeps the hosts of the plan: %s', (text, expected) => {
    expect(secretNet(['example', 'localhost'], ['www.example.org', 'localhost'])(text)).toBe(expected);
  });

  const searched = Object.entries(secrets).filter(([, secret]) => Array.from(secret).length >= 6);
  describe.each(searched)('%s', (_, secret) => {
    const mask = secretNet([secret]);
    const looks = new Set(Object.values(encodings).map((encode) => encode(secret)));
    // What has lost all of its characters is no secret any more.
    const ways = Object.entries(encodings).filter(
      ([, encode]) => encode(secret).replaceAll(/[^\w%&;#\\]/g, '').length >= 6,
    );
    it.each(ways)('in %s', (name, encode) => {
      const shown = mask(`before ${encode(secret)} after`);
      expect(shown).toContain('***');
      expect(shown).toMatch(/^before .* after$/s);
      for (const look of looks) expect(shown.includes(look)).toBe(false);
      if (!/place|Basic/.test(name)) expect(shown.length).toBeLessThan(28);
    });
  });

  it('finds Base64 in lines', () => {
    const lines = Buffer.from(`${'x'.repeat(50)} pass-word-1 ${'y'.repeat(70)}`)
      .toString('base64')
      .replaceAll(/(.{76})/g, '$1\r\n');
    const shown = secretNet(['pass-word-1'])(lines);
    expect(shown).toMatch(/^eHh4[\w+/]+\*\*\*[\w+/\s]+={0,2}$/);
    expect(Buffer.from(shown.split('***')[0] ?? '', 'base64').toString()).toMatch(/^x{50} ?$/);
  });

  it('is done with megabytes and a long secret', () => {
    const secret = 'a'.repeat(4096);
    const text = `${'a'.repeat(4095)}%`.repeat(500) + secret;
    expect(secretNet([secret])(text)).toMatch(/%\*\*\*$/);
  });
});
