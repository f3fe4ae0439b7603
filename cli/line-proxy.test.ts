import { describe, expect, it } from 'vitest';
import { proxyRoutes, proxySecrets } from '../samplers/http/environment-proxies.ts';
import { lineProxy, type ProxyOptions } from './line-proxy.ts';

const proxy = { proxyHost: 'proxy.test', proxyPort: '3128' };

describe('lineProxy', () => {
  it('is none without -H', () => {
    expect(lineProxy({})).toBeNull();
  });

  it.each<[string, ProxyOptions, string]>([
    ['a host and a port', proxy, 'http://proxy.test:3128'],
    ['a user without a password', { ...proxy, proxyUser: 'ann' }, 'http://ann:@proxy.test:3128'],
    [
      'signs that mean something in URLs',
      { ...proxy, proxyUser: 'a@b', proxyPassword: 'p:/%@ é' },
      'http://a%40b:p%3A%2F%25%40%20%C3%A9@proxy.test:3128',
    ],
    ['TLS', { ...proxy, proxyScheme: 'https' }, 'https://proxy.test:3128'],
    ['an address of version 6', { ...proxy, proxyHost: '::1' }, 'http://[::1]:3128'],
  ])('is made of %s', (_, options, url) => {
    expect(lineProxy(options)).toMatchObject({ http: { url }, https: { url } });
  });

  it.each([
    ['api.test', true],
    ['localhost', false],
    ['127.0.0.1', true],
    ['a.internal', false],
    ['internal', true],
    ['10.1.2.3', false],
    ['11.1.2.3', true],
    ['x.exact.test', true],
    ['EXACT.test', false],
  ])('leads the way to %s: %s, as JMeter’s wildcards have it', (hostname, isProxied) => {
    const found = lineProxy({ ...proxy, nonProxyHosts: 'localhost|*.internal|10.*| exact.test ' });
    for (const secure of [false, true])
      expect(proxyRoutes(found)({ hostname, port: 80, secure }) !== null).toBe(isProxied);
  });

  it('has a password that is a secret, in all its forms', () => {
    const found = lineProxy({ ...proxy, proxyUser: 'ann', proxyPassword: 'p w' });
    const basic = Buffer.from('ann:p w').toString('base64');
    expect(new Set(found && proxySecrets(found))).toEqual(new Set(['p%20w', 'p w', basic]));
  });

  it.each<[string, ProxyOptions, RegExp]>([
    ['-P alone', { proxyPort: '1' }, /^-P: which proxy\? It is named by -H HOST -P PORT\.$/],
    ['-u as in k6', { proxyUser: '10' }, /^-u: which proxy\? .* For 10 users write --threads 10\.$/],
    ['-N and -u alone', { nonProxyHosts: 'a', proxyUser: 'b' }, /^-N, -u: which proxy\?/],
    ['-H alone', { proxyHost: 'p' }, /^-H p: the port is missing\. Write -H p -P 8080\.$/],
    ['a port that is none', { proxyHost: 'p', proxyPort: '0' }, /^-P expects a port.*found "0"\.$/],
    ['a port in words', { proxyHost: 'p', proxyPort: 'http' }, /found "http"\.$/],
    [
      'a host with a port',
      { ...proxy, proxyHost: 'http://p' },
      /^-H http:\/\/p: expected the name or address of a host/,
    ],
    ['a foreign scheme', { ...proxy, proxyScheme: 'socks' }, /^-E expects http or https, found "socks"\.$/],
    [
      '-a alone',
      { ...proxy, proxyPassword: 'hunter2' },
      /^-a: whose password\? Write -u NAME -a PASSWORD\.$/,
    ],
  ])('refuses %s', (_, options, message) => {
    expect(() => lineProxy(options)).toThrow(message);
    expect(() => lineProxy(options)).not.toThrow(/hunter2/);
  });
});
