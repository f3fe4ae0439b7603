import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { run } from './test-support/perform.ts';
import { afterTest, listen, ok, rawServer, textServer } from './test-support/servers.ts';

const account = { username: 'ann', password: 'pässword' };

describe('credentials', () => {
  it.each([
    [{ basic: account }, `Basic ${Buffer.from('ann:pässword').toString('base64')}`],
    [{ bearer: 't' }, 'Bearer t'],
  ])('%j are sent unasked, in place of the author’s header', async (auth, header) => {
    const server = await textServer(ok());
    const outcome = await run().get({ baseUrl: server.url, auth, headers: { AUTHORIZATION: 'old' } });
    expect(server.received().match(/authorization: .*/gi)).toEqual([`authorization: ${header}`]);
    expect(outcome.bytesSent).toBe(server.bytesReceived());
  });

  it('are not sent when none are meant', async () => {
    const server = await textServer(ok());
    await run().get({ baseUrl: server.url, auth: 'none' });
    expect(server.received()).not.toMatch(/authorization/i);
  });

  it('follow a redirect to the same origin only', async () => {
    const other = await textServer(ok());
    const server = await rawServer((socket, _, count) => {
      const location = count === 0 ? '/second' : `${other.url}/third`;
      socket.write(`HTTP/1.1 302 Found\r\nLocation: ${location}\r\nContent-Length: 0\r\n\r\n`);
    });
    await run().get({ baseUrl: server.url, auth: { basic: account } });
    expect(server.received().match(/authorization: Basic/g)).toHaveLength(2);
    expect(other.received()).toContain('GET /third');
    expect(other.received()).not.toContain('authorization');
  });
});

/** A server that checks digests: nonces serve four times, and counting must not repeat. */
async function digestServer(algorithm: string, qop = ', qop="auth"') {
  const hash = (text: string) =>
    createHash(algorithm.startsWith('SHA-256') ? 'sha256' : 'md5')
      .update(text)
      .digest('hex');
  const uses = new Map<string, number>();
  const seen = { asked: 0, answered: 0, bodies: [] as string[] };
  let nonces = 0;
  const isRight = ({ method, headers, url }: IncomingMessage): boolean => {
    const given = new Map(
      [...(headers.authorization ?? '').matchAll(/(\w+)=(?:"((?:[^"\\]|\\.)*)"|([^,\s]+))/g)].map(
        ([, name = '', inQuotes, bare]) => [name, inQuotes ?? bare ?? ''] as const,
      ),
    );
    const field = (name: string) => given.get(name) ?? '';
    const used = uses.get(field('nonce'));
    const count = parseInt(field('nc') || '1', 16);
    if (used === undefined || used >= 4 || (qop !== '' && count !== used + 1)) return false;
    uses.set(field('nonce'), used + 1);
    const user = hash(`ann:the realm:${account.password}`);
    const a1 = algorithm.endsWith('-sess') ? hash(`${user}:${field('nonce')}:${field('cnonce')}`) : user;
    const middle = qop === '' ? '' : `${field('nc')}:${field('cnonce')}:auth:`;
    return (
      field('uri') === url &&
      field('opaque') === 'o"p'.replace('"', '\\"') &&
      field('response') === hash(`${a1}:${field('nonce')}:${middle}${hash(`${method ?? ''}:${url}`)}`)
    );
  };
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      seen.bodies.push(body);
      if (isRight(request)) {
        seen.answered += 1;
        response.end('in');
        return;
      }
      seen.asked += 1;
      const nonce = `n${(nonces += 1)}`;
      uses.set(nonce, 0);
      response.statusCode = 401;
      response.setHeader('WWW-Authenticate', [
        'Basic realm="the realm"',
        `Digest realm="the realm", nonce="${nonce}", opaque="o\\"p", algorithm=${algorithm}${qop}`,
      ]);
      response.end('out');
    });
  });
  const port = await listen(server);
  afterTest(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${port}`, seen };
}

describe('digest', () => {
  it.each([
    ['MD5', undefined],
    ['MD5-sess', undefined],
    ['SHA-256', undefined],
    ['SHA-256-sess', ', qop="auth-int,auth"'],
    ['MD5', ''],
  ])(
    '%s: one sample asks and answers; later ones count on, until the server asks anew',
    async (algorithm, qop) => {
      const { url, seen } = await digestServer(algorithm, qop);
      const { get } = run();
      const config = { method: 'POST', baseUrl: url, body: 'data', auth: { digest: account } };
      const first = await get(config);
      expect(first).toMatchObject({ ok: true, code: '200', seen: { parts: [] } });
      expect(Buffer.from(first.body ?? []).toString()).toBe('in');
      const second = await get({ ...config, path: '/other?x=1' });
      expect(seen).toMatchObject({ asked: 1, answered: 2 });
      expect(second.bytesSent).toBeLessThan(first.bytesSent);
      expect(second.bytesReceived).toBeLessThan(first.bytesReceived);
      for (let i = 0; i < 3; i++) expect((await get(config)).code).toBe('200');
      expect(seen).toMatchObject({ asked: 2, answered: 5 });
      expect(new Set(seen.bodies)).toEqual(new Set(['data']));
    },
  );

  it('that is wrong is asked for once and stays a 401', async () => {
    const { url, seen } = await digestServer('MD5');
    const { get } = run();
    const outcome = await get({ baseUrl: url, auth: { digest: { ...account, password: 'wrong' } } });
    expect(outcome).toMatchObject({ ok: false, code: '401' });
    expect(seen.asked).toBe(2);
  });

  it('belongs to one user', async () => {
    const { url, seen } = await digestServer('MD5');
    for (let i = 0; i < 2; i++) await run().get({ baseUrl: url, auth: { digest: account } });
    expect(seen).toMatchObject({ asked: 2, answered: 2 });
  });

  it.each(['', 'WWW-Authenticate: Basic realm="r"\r\n', 'WWW-Authenticate: Digest realm="r"\r\n'])(
    'that cannot be answered is a plain 401: %j',
    async (header) => {
      const server = await textServer(`HTTP/1.1 401 No\r\n${header}Content-Length: 0\r\n\r\n`);
      const outcome = await run().get({ baseUrl: server.url, auth: { digest: account } });
      expect(outcome).toMatchObject({ code: '401', bytesSent: server.bytesReceived() });
      expect(server.received().match(/GET/g)).toHaveLength(1);
    },
  );
});
