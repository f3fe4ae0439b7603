import { describe, expect, it } from 'vitest';
import { checkHttp, filesOfHttp } from './check.ts';
import { multipartBody, multipartType, type Multipart } from './multipart.ts';
import { run } from './test-support/perform.ts';
import { ok, textServer } from './test-support/servers.ts';

const boundary = multipartType.replace('multipart/form-data; boundary=', '');
const files: Readonly<Record<string, string>> = { 'data/a.bin': '\x00\xff', 'b.txt': 'bé' };
const readBytes = (path: string) => {
  const text = files[path];
  if (text === undefined) throw new Error(`ENOENT: no such file, open '${path}'`);
  return Buffer.from(text, path.endsWith('bin') ? 'latin1' : 'utf8');
};
const options = { readBytes, browser: false };
const lines = (parts: Multipart, browser = false) =>
  multipartBody(parts, { readBytes, browser })
    .bytes.toString('latin1')
    .replaceAll(boundary, 'B')
    .split('\r\n');

describe('a multipart body', () => {
  it.each([
    [
      { title: 'é', n: 5, on: true },
      [
        ...field('title', '\xc3\xa9', 'text/plain; charset=UTF-8'),
        ...field('n', '5', 'text/plain; charset=UTF-8'),
        ...field('on', 'true', 'text/plain; charset=UTF-8'),
      ],
    ],
    [
      { meta: { value: '{"a":1}', type: 'application/json' }, empty: { value: '' } },
      [...field('meta', '{"a":1}', 'application/json'), ...field('empty', '', 'text/plain; charset=UTF-8')],
    ],
    [{ file: { file: 'data/a.bin' } }, attachment('file', 'a.bin', '\x00\xff', 'application/octet-stream')],
    [
      {
        pages: [
          { file: 'data/a.bin', type: 'image/png', filename: 'x"\r\n.png' },
          { file: 'b.txt' },
          'plain',
        ],
      },
      [
        ...attachment('pages', 'x%22%0D%0A.png', '\x00\xff', 'image/png'),
        ...attachment('pages', 'b.txt', 'b\xc3\xa9', 'application/octet-stream'),
        ...field('pages', 'plain', 'text/plain; charset=UTF-8'),
      ],
    ],
    [
      { notes: { value: 'inline', filename: 'notes.txt', type: 'text/x\r\nX-Evil: 1' } },
      attachment('notes', 'notes.txt', 'inline', 'text/x X-Evil: 1'),
    ],
    [{}, []],
  ])('of %j has JMeter’s headers', (parts, expected) => {
    expect(lines(parts)).toEqual([...expected, '--B--', '']);
  });

  it('says of itself what browsers say', () => {
    expect(
      lines({ a: '1', b: { file: 'b.txt', type: 'text/plain' }, c: { value: '2', type: 'x/y' } }, true),
    ).toEqual([
      ...['--B', 'Content-Disposition: form-data; name="a"', '', '1'],
      ...[
        '--B',
        'Content-Disposition: form-data; name="b"; filename="b.txt"',
        'Content-Type: text/plain',
        '',
        'b\xc3\xa9',
      ],
      ...['--B', 'Content-Disposition: form-data; name="c"', 'Content-Type: x/y', '', '2'],
      ...['--B--', ''],
    ]);
  });

  it('is shown without the content of files', () => {
    const { shown } = multipartBody({ a: '1', b: { file: 'data/a.bin' } }, options);
    expect(shown).toContain('\r\n\r\n1\r\n');
    expect(shown).toContain('binary\r\n\r\n<actual file content, not shown here>\r\n');
  });

  it('is put together once while its parts are the same', () => {
    const parts = { a: '1' };
    expect(multipartBody(parts, options)).toBe(multipartBody(parts, options));
    const large = { a: 'x'.repeat(2_000_000) };
    expect(multipartBody(large, options) === multipartBody(large, options)).toBe(false);
  });

  it('goes over the wire with its own content type, counted to the byte', async () => {
    const server = await textServer(ok());
    const outcome = await run(readBytes).get({
      method: 'POST',
      baseUrl: server.url,
      headers: { 'Content-Type': 'application/json', 'X-A': 'b' },
      multipart: { a: '1', b: { file: 'data/a.bin' } },
    });
    expect(outcome).toMatchObject({ ok: true, bytesSent: server.bytesReceived() });
    expect(server.received().match(/content-type: .*/g)).toEqual([`content-type: ${multipartType}`]);
    expect(server.received()).toMatch(/\r\nX-A: b\r\n/);
    expect(server.received()).toContain('\x00\xff\r\n--');
  });
});

describe('a file as body', () => {
  it('is sent byte for byte, without a content type', async () => {
    const server = await textServer(ok());
    const outcome = await run(readBytes).get({ method: 'PUT', baseUrl: server.url, bodyFile: 'data/a.bin' });
    expect(server.received()).toMatch(/^PUT .*\r\n\r\n\x00\xff$/s);
    expect(server.received()).not.toContain('content-type');
    expect(outcome).toMatchObject({ ok: true, bytesSent: server.bytesReceived() });
  });

  it.each([{ bodyFile: 'none' }, { multipart: { a: { file: 'none' } } }])(
    'that cannot be read fails the sample: %j',
    async (config) => {
      const server = await textServer(ok());
      const outcome = await run(readBytes).get({ method: 'POST', baseUrl: server.url, ...config });
      expect(outcome).toMatchObject({
        ok: false,
        code: 'Non HTTP response code: java.io.FileNotFoundException',
        message: "Non HTTP response message: ENOENT: no such file, open 'none'",
      });
      expect(outcome.failure).toMatch(/^request\.file: a file that this request sends cannot be read: /);
      expect(server.received()).toBe('');
    },
  );
});

describe('before the run', () => {
  it('the files of a request are known, and parts without content or with two are mistakes', () => {
    const multipart = { a: '1', b: { file: 'x' }, c: [{ file: '${y}' }, { value: 'z' }] };
    expect(filesOfHttp({ multipart, bodyFile: 'w' })).toEqual(['w', 'x', '${y}']);
    const mistake = (part: unknown) =>
      checkHttp({ url: 'http://h/', multipart: { a: '1', b: [part] } }, true);
    expect(mistake({ file: 'x', value: 'y' })).toBe('the part b needs either file or value');
    expect(mistake({ type: 'text/plain' })).toBe('the part b needs either file or value');
    expect(mistake({ value: '' })).toBeNull();
  });
});

function field(name: string, content: string, type: string): string[] {
  const disposition = `Content-Disposition: form-data; name="${name}"`;
  return ['--B', disposition, `Content-Type: ${type}`, 'Content-Transfer-Encoding: 8bit', '', content];
}

function attachment(name: string, filename: string, content: string, type: string): string[] {
  const disposition = `Content-Disposition: form-data; name="${name}"; filename="${filename}"`;
  return ['--B', disposition, `Content-Type: ${type}`, 'Content-Transfer-Encoding: binary', '', content];
}
