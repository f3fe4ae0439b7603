import type { Socket } from 'node:net';
import { createServer as createTcpServer } from 'node:net';
import type { TlsOptions } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { Certificates, hasOpenssl } from './test-support/certificates.ts';
import { run } from './test-support/perform.ts';
import { afterTest, listen } from './test-support/servers.ts';
import { tlsServer } from './test-support/tls-server.ts';

const certificates = new Certificates();
const handshake = 'javax.net.ssl.SSLHandshakeException';

describe.skipIf(!hasOpenssl)('TLS', () => {
  it('carries a request when any certificate is accepted', async () => {
    const port = await tlsServer(certificates.selfSigned('server'));
    const { get } = run();
    const config = { baseUrl: `https://127.0.0.1:${port}`, insecure: true };
    expect(await get(config)).toMatchObject({ ok: true, code: '200', seen: { connected: 1 } });
    expect(await get(config)).toMatchObject({ ok: true, code: '200', seen: { connected: 0 } });
  });

  it('does not hand a connection that accepted any certificate to one that does not', async () => {
    const port = await tlsServer(certificates.selfSigned('server'));
    const { get } = run();
    expect((await get({ baseUrl: `https://127.0.0.1:${port}`, insecure: true })).ok).toBe(true);
    expect((await get({ baseUrl: `https://127.0.0.1:${port}` })).failure).toMatch(/^tls\.self_signed: /);
  });

  it('a self-signed certificate is tls.self_signed', async () => {
    const port = await tlsServer(certificates.selfSigned('server'));
    const outcome = await run().get({ baseUrl: `https://localhost:${port}` });
    expect(outcome.failure).toMatch(
      /^tls\.self_signed: no TLS connection to localhost:\d+: self-signed cert/,
    );
    expect(outcome.code).toBe(`Non HTTP response code: ${handshake}`);
    expect(outcome).toMatchObject({ ok: false, bytesSent: 0, seen: { connected: 0 } });
  });

  it('a server that speaks only TLS 1.1 fails in the handshake', async () => {
    const old: TlsOptions = { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' };
    const port = await tlsServer({ ...certificates.selfSigned('server'), ...old });
    const outcome = await run().get({ baseUrl: `https://127.0.0.1:${port}`, insecure: true });
    expect(outcome.failure).toMatch(/^tls\.version: /);
    expect(outcome.code).toBe(`Non HTTP response code: ${handshake}`);
  });

  it('a missing client certificate is a TLS failure or a closed connection', async () => {
    const port = await tlsServer({
      ...certificates.selfSigned('server'),
      requestCert: true,
      rejectUnauthorized: true,
    });
    const outcome = await run().get({ baseUrl: `https://127.0.0.1:${port}`, insecure: true });
    expect(outcome.failure).toMatch(/^(tls\.|closed\.before_headers|reset\.before_headers)/);
  });
});

describe('instead of TLS', () => {
  it.each([
    ['plain text', (socket: Socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'), 'tls.not_tls'],
    ['RST in the handshake', (socket: Socket) => socket.resetAndDestroy(), 'tls.reset'],
    ['FIN in the handshake', (socket: Socket) => socket.end(), 'tls.reset'],
    ['no answer in the handshake', () => undefined, 'tls.timeout'],
  ])('%s is reported', async (_, reply, cause) => {
    const sockets: Socket[] = [];
    const server = createTcpServer((socket) => {
      sockets.push(socket);
      socket.on('error', () => undefined);
      socket.once('data', () => reply(socket));
    });
    const port = await listen(server);
    afterTest(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    const outcome = await run().get({ baseUrl: `https://127.0.0.1:${port}`, connectTimeout: 100 });
    expect(outcome.failure?.split(':')[0]).toBe(cause);
    expect(outcome).toMatchObject({ ok: false, bytesSent: 0, seen: { connected: 0 } });
  });
});
