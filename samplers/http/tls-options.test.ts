import { spawn } from 'node:child_process';
import type { TLSSocket } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { connectionMistakes, filesOfConnection } from './check-connection.ts';
import { HttpSampler } from './http-sampler.ts';
import { Certificates, hasOpenssl } from './test-support/certificates.ts';
import { configured, contextOf, run } from './test-support/perform.ts';
import { afterTest } from './test-support/servers.ts';
import { tlsServer } from './test-support/tls-server.ts';
import { readFileSync } from 'node:fs';

const certificates = new Certificates();
const path = (file: string) => certificates.path(file);

/** Whom the server sees, the version of TLS, and the name that was asked for. */
const whoIs = (socket: TLSSocket) => {
  const { subject } = socket.getPeerCertificate() as { subject?: { CN: string } };
  const { servername } = socket as { servername?: string };
  return [subject?.CN ?? 'nobody', socket.getProtocol(), servername].join(' ');
};

async function mutualTls(): Promise<string> {
  certificates.selfSigned('issuer', 'Issuer');
  certificates.signed('server', 'issuer');
  certificates.signed('ann', 'issuer', 'ann');
  certificates.signed('ben', 'issuer', 'ben');
  const options = {
    ...certificates.signed('server', 'issuer'),
    ca: readFileSync(path('issuer.pem')),
    requestCert: true,
    rejectUnauthorized: true,
  };
  return `https://localhost:${await tlsServer(options, whoIs)}`;
}

/** OpenSSL's own server: Node's closes the connection without an alert. */
async function strictServer(): Promise<number> {
  const files = `-cert ${path('server.pem')} -key ${path('server-key.pem')} -CAfile ${path('issuer.pem')}`;
  const options = `s_server -accept 127.0.0.1:0 -www -Verify 1 -verify_return_error ${files}`;
  const server = spawn('openssl', options.split(' '), { stdio: ['ignore', 'pipe', 'ignore'] });
  afterTest(() => void server.kill());
  return new Promise((resolve) => {
    server.stdout.on('data', (chunk) => {
      const port = /ACCEPT 127\.0\.0\.1:(\d+)/.exec(String(chunk))?.[1];
      if (port) resolve(Number(port));
    });
  });
}

const body = (outcome: { body?: Uint8Array } | null) => Buffer.from(outcome?.body ?? []).toString();
const ann = () => ({ cert: path('ann.pem'), key: path('ann-key.pem') });

describe.skipIf(!hasOpenssl)('a client certificate', () => {
  it('in PEM or PKCS#12 is shown to the server, whose own is vouched for by ca', async () => {
    const baseUrl = await mutualTls();
    const ca = path('issuer.pem');
    const { get } = run((file) => readFileSync(file));
    expect(body(await get({ baseUrl, ca, certificate: ann() }))).toMatch(/^ann /);
    const pkcs12 = certificates.pkcs12('ben', 'open');
    const ben = await get({ baseUrl, ca, certificate: { pkcs12, passphrase: 'open' } });
    expect(body(ben)).toMatch(/^ben /);
    expect(ben.seen.connected).toBe(1);
  });

  it.each([
    ['that is asked for and not there', undefined, 'tls.certificate_required'],
    ['of an unknown issuer', 'stranger', 'tls.certificate_refused'],
  ])('%s is a TLS failure', async (_, name, cause) => {
    await mutualTls();
    certificates.selfSigned('stranger');
    const baseUrl = `https://localhost:${await strictServer()}`;
    const certificate = name && { cert: path(`${name}.pem`), key: path(`${name}-key.pem`) };
    const outcome = await run((file) => readFileSync(file)).get({
      baseUrl,
      ca: path('issuer.pem'),
      ...(certificate ? { certificate } : {}),
    });
    expect(outcome.failure?.split(':')[0]).toBe(cause);
    expect(outcome.code).toBe('Non HTTP response code: javax.net.ssl.SSLHandshakeException');
  });

  it('has connections of its own, and is read once for all users', async () => {
    const baseUrl = await mutualTls();
    const read: string[] = [];
    const sampler = new HttpSampler({
      readBytes: (file) => {
        read.push(file);
        return readFileSync(file);
      },
    });
    afterTest(() => sampler.close());
    const config = { baseUrl, ca: path('issuer.pem'), connections: 'shared' as const };
    const perform = (user: string) => {
      const certificate = { cert: path(`${user}.pem`), key: path(`${user}-key.pem`) };
      const context = contextOf({ threadName: user, iteration: 0 }, { body: true });
      return sampler.perform(configured({ ...config, certificate }), context);
    };
    for (const user of ['ann', 'ben', 'ann']) expect(body(await perform(user))).toContain(user);
    await Promise.all([perform('ann'), perform('ann')]);
    expect(read.toSorted()).toEqual(
      ['ann-key.pem', 'ann.pem', 'ben-key.pem', 'ben.pem', 'issuer.pem', 'issuer.pem'].map(path),
    );
  });

  it('whose file is missing when the connection is opened fails the request, and says which', async () => {
    const baseUrl = await mutualTls();
    const certificate = { pkcs12: path('user-7.p12') };
    const outcome = await run((file) => readFileSync(file)).get({ baseUrl, certificate });
    expect(outcome.failure).toBe(
      `tls.certificate: no TLS connection to ${baseUrl.slice(8)}: there is no file "${certificate.pkcs12}" in the plan's folder.`,
    );
    expect(outcome).toMatchObject({ bytesSent: 0, seen: { connected: 0 } });
  });
});

describe.skipIf(!hasOpenssl)('TLS options', () => {
  it('serverName is asked for and compared with the certificate', async () => {
    certificates.selfSigned('issuer', 'Issuer');
    const server = certificates.signed('api', 'issuer', 'api.example.com');
    const baseUrl = `https://127.0.0.1:${await tlsServer(server, whoIs)}`;
    const { get } = run((file) => readFileSync(file));
    const ca = path('issuer.pem');
    expect((await get({ baseUrl, ca })).failure).toMatch(/^tls\.wrong_name: /);
    expect(body(await get({ baseUrl, ca, serverName: 'api.example.com' }))).toMatch(/ api\.example\.com$/);
  });

  it.each(['TLSv1.2', 'TLSv1.3'] as const)('tlsVersion is kept to: %s', async (version) => {
    const baseUrl = `https://127.0.0.1:${await tlsServer(certificates.selfSigned('plain'), whoIs)}`;
    const tlsVersion = { min: version, max: version };
    expect(
      body(await run((file) => readFileSync(file)).get({ baseUrl, insecure: true, tlsVersion })),
    ).toContain(version);
  });

  it('old versions are spoken when asked for', async () => {
    const old = { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    const port = await tlsServer({ ...certificates.selfSigned('plain'), ...old }, whoIs);
    const baseUrl = `https://127.0.0.1:${port}`;
    const tlsVersion = { min: 'TLSv1.1', max: 'TLSv1.3' } as const;
    expect(
      body(await run((file) => readFileSync(file)).get({ baseUrl, insecure: true, tlsVersion })),
    ).toContain('TLSv1.1');
  });
});

describe.skipIf(!hasOpenssl)('before the run', () => {
  const read = (file: string) => readFileSync(path(file));

  it('names the files that are known', () => {
    const certificate = { cert: 'a.pem', key: undefined };
    expect(filesOfConnection({ certificate, ca: 'ca.pem' })).toEqual(['a.pem', 'ca.pem']);
    expect(filesOfConnection({})).toEqual([]);
  });

  it.each<[string, Record<string, unknown>, string | null]>([
    ['a pair', { certificate: { cert: 'ann.pem', key: 'ann-key.pem' } }, null],
    ['the key of another', { certificate: { cert: 'ann.pem', key: 'ben-key.pem' } }, 'does not belong'],
    ['text instead of PEM', { certificate: { cert: 'junk', key: 'ann-key.pem' } }, 'should be PEM is not'],
    ['PKCS#12', { certificate: { pkcs12: 'ann.p12', passphrase: 'open' } }, null],
    ['a wrong passphrase', { certificate: { pkcs12: 'ann.p12', passphrase: 'x' } }, 'passphrase'],
    ['no passphrase', { certificate: { pkcs12: 'ann.p12' } }, 'passphrase'],
    ['a passphrase of each user', { certificate: { pkcs12: 'ann.p12', passphrase: undefined } }, null],
    ['text instead of PKCS#12', { certificate: { pkcs12: 'junk' } }, 'neither the PEM nor the PKCS#12'],
    ['issuers', { ca: 'ann.pem' }, null],
    ['no issuer', { ca: 'junk' }, 'holds no certificate in PEM'],
    ['a broken issuer', { ca: 'broken.pem' }, 'cannot be read'],
    ['no option', {}, null],
  ])('judges %s', (_, known, expected) => {
    certificates.selfSigned('issuer', 'Issuer');
    certificates.signed('ann', 'issuer', 'ann');
    certificates.signed('ben', 'issuer', 'ben');
    certificates.pkcs12('ann', 'open');
    certificates.write('junk', 'hello');
    certificates.write('broken.pem', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n');
    const messages = connectionMistakes(known, read).map(({ key, message }) => `${key}: ${message}`);
    if (expected === null) expect(messages).toEqual([]);
    else expect(messages.join()).toContain(expected);
  });
});
