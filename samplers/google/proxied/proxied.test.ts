import { get } from 'node:http';
import { get as getSecure } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { request } from 'undici';
import { describe, expect, it } from 'vitest';
import { Connections } from '../../bigquery/connections.ts';
import { Line } from '../../gcs/line.ts';
import { environmentProxies, proxyRoutes } from '../../http/environment-proxies.ts';
import { Certificates, hasOpenssl } from '../../http/test-support/certificates.ts';
import { proxyServer } from '../../http/test-support/proxy-server.ts';
import { afterTest, ok, textServer } from '../../http/test-support/servers.ts';
import { tlsServer } from '../../http/test-support/tls-server.ts';
import { tokenAgents } from './token-agents.ts';

const through = (port: number, more: Record<string, string> = {}) =>
  proxyRoutes(environmentProxies({ ALL_PROXY: `http://ann:pw@127.0.0.1:${port}`, ...more }).proxies);

const waiter = { connected: () => undefined };
const certificates = new Certificates();

async function scene() {
  const server = await textServer(ok('answered'));
  return { server, proxy: await proxyServer({ credentials: 'ann:pw' }) };
}

describe('gcs', () => {
  it('asks a proxy of the environment for http:// endpoints', async () => {
    const { server, proxy } = await scene();
    const line = new Line(1, through(proxy.port));
    afterTest(() => line.destroy());
    const url = `http://storage.test:${server.port}/storage/v1/b?a=1`;
    const { body } = await request(url, { dispatcher: line.dispatcher, headers: { accept: '*/*' } });
    expect([await body.text(), line.hasConnected]).toEqual(['answered', true]);
    expect(proxy.asked).toEqual([`GET ${url} as ann:pw`]);
  });

  it.each([
    ['this machine', {}, 'http://127.0.0.1'],
    ['exempt hosts', { NO_PROXY: '127.0.0.0/8' }, 'http://127.0.0.1'],
  ])('asks %s directly', async (_, more, origin) => {
    const { server, proxy } = await scene();
    const line = new Line(1, through(proxy.port, more));
    afterTest(() => line.destroy());
    const { body } = await request(`${origin}:${server.port}/`, { dispatcher: line.dispatcher });
    expect([await body.text(), proxy.asked]).toEqual(['answered', []]);
  });
});

describe('bigquery', () => {
  it('asks a proxy of the environment for http:// endpoints', async () => {
    const { server, proxy } = await scene();
    const connections = new Connections(`http://bigquery.test:${server.port}`, through(proxy.port));
    afterTest(() => connections.destroy());
    const { body } = await connections.request({ path: '/v2', method: 'GET' }, waiter);
    expect(await body.text()).toBe('answered');
    expect(proxy.asked).toEqual([`GET http://bigquery.test:${server.port}/v2 as ann:pw`]);
  });

  it.skipIf(!hasOpenssl)('asks it for a tunnel to https:// endpoints', async () => {
    const proxy = await proxyServer({ credentials: 'ann:pw' });
    const port = await tlsServer(certificates.selfSigned('bigquery'));
    const connections = new Connections(`https://bigquery.test:${port}`, through(proxy.port));
    afterTest(() => connections.destroy());
    // The tunnel stands, and the certificate is looked at.
    await expect(connections.request({ path: '/v2', method: 'GET' }, waiter)).rejects.toThrow(/self.signed/);
    expect(proxy.asked).toEqual([`CONNECT bigquery.test:${port} as ann:pw`]);
  });
});

describe('token servers', () => {
  const agentFor = (url: string, port: number, environment = {}) =>
    tokenAgents(through(port), environment)(new URL(url));

  it('are reached through a tunnel', async () => {
    const { server, proxy } = await scene();
    const url = `http://token.test:${server.port}/token`;
    const [answer] = (await once(get(url, { agent: agentFor(url, proxy.port) }), 'response')) as [
      IncomingMessage,
    ];
    answer.resume();
    expect([answer.statusCode, proxy.asked]).toEqual([200, [`CONNECT token.test:${server.port} as ann:pw`]]);
  });

  it.skipIf(!hasOpenssl)('have their certificates looked at', async () => {
    const proxy = await proxyServer({ credentials: 'ann:pw' });
    const port = await tlsServer(certificates.selfSigned('token'));
    const url = `https://token.test:${port}/token`;
    const [error] = (await once(getSecure(url, { agent: agentFor(url, proxy.port) }), 'error')) as [Error];
    expect(error.message).toMatch(/self.signed/);
    expect(proxy.asked).toEqual([`CONNECT token.test:${port} as ann:pw`]);
  });

  it.each([
    ['http://169.254.169.254/computeMetadata/v1', {}],
    ['http://metadata.google.internal/x', {}],
    ['http://127.0.0.1:8080/token', {}],
    ['http://emulated.test:80/x', { GCE_METADATA_HOST: 'emulated.test:80' }],
  ])('of the machine itself are asked directly: %s', (url, environment) => {
    expect(Object.hasOwn(agentFor(url, 1, environment), 'createConnection')).toBe(false);
  });
});
