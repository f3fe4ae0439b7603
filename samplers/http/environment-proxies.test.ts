import { describe, expect, it } from 'vitest';
import { environmentProxies, proxyRoutes, proxySecrets, shownProxy } from './environment-proxies.ts';

type Environment = Record<string, string>;

/** The proxies' ports on the way to two hosts: http, https. */
function ways(environment: Environment, hostname = 'api.test'): (number | null)[] {
  const { proxies, mistakes } = environmentProxies(environment);
  expect(mistakes).toEqual([]);
  const route = proxyRoutes(proxies);
  return [false, true].map((secure) => route({ hostname, port: secure ? 443 : 80, secure })?.port ?? null);
}

describe('the proxies of the environment', () => {
  it.each<[string, Environment, (number | null)[]]>([
    ['none', {}, [null, null]],
    ['empty ones', { HTTP_PROXY: '', https_proxy: ' ' }, [null, null]],
    ['one for each', { HTTP_PROXY: 'http://p:1', HTTPS_PROXY: 'http://p:2' }, [1, 2]],
    ['of one only', { HTTPS_PROXY: 'http://p:2' }, [null, 2]],
    [
      'in small letters, which count before',
      { http_proxy: 'http://p:3', HTTP_PROXY: 'http://p:1' },
      [3, null],
    ],
    ['for all that has none', { ALL_PROXY: 'http://p:4', https_proxy: 'http://p:5' }, [4, 5]],
    ['without a scheme, as curl takes them', { HTTP_PROXY: 'p:6', HTTPS_PROXY: 'ann:pw@p:7/' }, [6, 7]],
    [
      'in a gateway, where HTTP_PROXY is the client’s',
      { REQUEST_METHOD: 'GET', HTTP_PROXY: 'p:1' },
      [null, null],
    ],
    ['in a gateway, in small letters', { REQUEST_METHOD: 'GET', http_proxy: 'p:1' }, [1, null]],
    ['with exempt hosts', { ALL_PROXY: 'p:1', NO_PROXY: 'a.test, api.test' }, [null, null]],
    ['with exempt ports', { ALL_PROXY: 'p:1', no_proxy: 'api.test:443', NO_PROXY: '*' }, [1, null]],
    ['with other hosts exempt', { ALL_PROXY: 'p:1', NO_PROXY: 'a.test\tb.test' }, [1, 1]],
  ])('%s', (_, environment, expected) => {
    expect(ways(environment)).toEqual(expected);
  });

  it.each(['localhost', '127.0.0.1', '::1'])('are never for this machine: %s', (hostname) => {
    expect(ways({ ALL_PROXY: 'http://p:1' }, hostname)).toEqual([null, null]);
  });

  it.each<[string, string, string]>([
    [
      'HTTP_PROXY',
      'nonsense',
      'HTTP_PROXY is not understood (nonsense): a proxy is written http://host:port',
    ],
    ['HTTPS_PROXY', 'http://', 'HTTPS_PROXY is not understood (http://): '],
    ['https_proxy', 'http://p:99999', 'https_proxy is not understood (http://p:99999): '],
    ['HTTP_PROXY', 'http://p:0', 'HTTP_PROXY is not understood (http://p:0): '],
    ['HTTP_PROXY', 'ftp://p:21', 'HTTP_PROXY is not understood (ftp://p:21): '],
    ['HTTP_PROXY', 'http://ann:pass@p:x', 'HTTP_PROXY is not understood (http://ann:***@p:x): '],
    ['HTTP_PROXY', 'http://p:1/path', 'HTTP_PROXY is not understood (http://p:1/path): '],
    [
      'ALL_PROXY',
      'socks5://u:pass@p:1080',
      'ALL_PROXY names a SOCKS proxy (socks5://u:***@p:1080), which is not',
    ],
    ['HTTPS_PROXY', 'socks5h://p:1080', 'HTTPS_PROXY names a SOCKS proxy (socks5h://p:1080), which is not'],
  ])('are told where they cannot be followed: %s=%s', (name, value, beginning) => {
    const { mistakes, variables } = environmentProxies({ [name]: value });
    expect([mistakes.length, mistakes[0]?.message.startsWith(beginning)]).toEqual([1, true]);
    expect(variables).toEqual([name]);
  });

  it('tell of hosts that are none', () => {
    const { mistakes } = environmentProxies({ HTTP_PROXY: 'p:1', NO_PROXY: 'a.test,10.0.0.0/99' });
    expect(mistakes.map(({ message }) => message)).toEqual([
      expect.stringMatching(
        /^NO_PROXY holds "10\.0\.0\.0\/99", which is no host, domain, address or network/,
      ),
    ]);
  });

  it('hold secrets, as written and as sent', () => {
    const { proxies } = environmentProxies({ ALL_PROXY: 'http://ann:p%40ssword@p:1' });
    expect(proxies && new Set(proxySecrets(proxies))).toEqual(
      new Set(['p%40ssword', 'p@ssword', btoa('ann:p@ssword')]),
    );
  });

  it.each([
    ['http://p:1', 'http://p:1'],
    ['http://ann@p:1', 'http://ann@p:1'],
    ['http://ann:pw@p:1', 'http://ann:***@p:1'],
    ['ann:p@w@p:1', 'ann:***@p:1'],
  ])('are shown without passwords: %s', (url, shown) => {
    expect(shownProxy(url)).toBe(shown);
  });
});
