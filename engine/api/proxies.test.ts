import { describe, expect, it } from 'vitest';
import type { CompiledPlan } from '../model/compiled-plan.ts';
import { lineProxy } from '../../cli/line-proxy.ts';
import { proxyUse } from './proxies.ts';

/** A plan of which only the steps count here. */
function planOf(...configs: [sampler: string, config: Record<string, unknown>][]): CompiledPlan {
  const steps = configs.map(([sampler, config]) => ({
    type: 'sampler',
    sampler,
    config: { object: Object.entries(config).map(([key, constant]) => [key, { constant }]) },
  }));
  return { groups: [{ steps }] } as unknown as CompiledPlan;
}

const through =
  /^Through proxies of the environment: http:\/\/ by http:\/\/ann:\*\*\*@p:1 \(HTTP_PROXY\); not for this machine/;
const unneeded = /^The proxies of the environment are not needed \(HTTP_PROXY\)/;
const environment = { HTTP_PROXY: 'http://ann:secret@p:1', NO_PROXY: 'exempt.test' };

describe('proxyUse', () => {
  it.each<[string, CompiledPlan, RegExp | null]>([
    ['a server elsewhere', planOf(['http', { url: 'http://api.test/x' }]), through],
    ['one that only the run knows', planOf(['http', { baseUrl: undefined, path: '/' }]), through],
    ['this machine', planOf(['http', { baseUrl: 'http://127.0.0.1:8080', path: '/' }]), unneeded],
    ['an exempt server', planOf(['http', { path: 'https://a.exempt.test/' }]), unneeded],
    ['a proxy of the plan', planOf(['http', { url: 'http://api.test', proxy: 'http://q:2' }]), null],
    [
      'addresses in a body',
      planOf(['http', { baseUrl: 'http://localhost', json: { url: 'http://a.test' } }]),
      unneeded,
    ],
    ['Google', planOf(['bigquery', { query: 'SELECT 1' }]), through],
    ['an emulator here', planOf(['gcs', { endpoint: 'http://127.0.0.1:9050' }]), unneeded],
    ['a trigger', planOf(['healing-trigger', { detect: { http: { url: 'http://api.test' } } }]), through],
    ['commands', planOf(['process', { command: 'true' }]), null],
  ])('says what they are to %s', (_, plan, expected) => {
    const { proxies, lines, mistakes } = proxyUse(plan, { line: null, environment, heeds: true });
    expect(mistakes).toEqual([]);
    expect(lines).toEqual(expected === null ? [] : [expect.stringMatching(expected)]);
    expect(proxies === null).toBe(expected !== through);
  });

  it('says all of them in one line', () => {
    const all = { ALL_PROXY: 'p:1', NO_PROXY: '.internal,10.0.0.0/8' };
    expect(
      proxyUse(planOf(['http', { url: 'http://api.test' }]), { line: null, environment: all, heeds: true })
        .lines,
    ).toEqual([
      'Through proxies of the environment: http:// and https:// by http://p:1 (ALL_PROXY); ' +
        'not for this machine, .internal, 10.0.0.0/8 (NO_PROXY). --no-proxy-env leaves them aside',
    ]);
  });

  it('leaves them aside when told to, the wrong ones too', () => {
    const plan = planOf(['http', { url: 'http://api.test' }]);
    expect(proxyUse(plan, { line: null, environment: { HTTP_PROXY: 'nonsense' }, heeds: false })).toEqual({
      proxies: null,
      lines: ['The proxies of the environment are left aside (--no-proxy-env): HTTP_PROXY'],
      mistakes: [],
    });
  });

  it.each<[string, Record<string, string>, number]>([
    ['http://api.test', { HTTP_PROXY: 'http://p:1', ALL_PROXY: 'socks5://q:2' }, 0],
    ['https://api.test', { HTTP_PROXY: 'http://p:1', ALL_PROXY: 'socks5://q:2' }, 1],
    ['https://api.test', { https_proxy: 'http://p:1', all_proxy: 'socks5h://u:geheim@q:2' }, 0],
    ['http://api.test', { https_proxy: 'http://p:1', all_proxy: 'socks5h://u:geheim@q:2' }, 1],
    ['https://api.test', { http_proxy: 'http://p:1', https_proxy: 'http://p:1', ALL_PROXY: 'socks4://q' }, 0],
  ])('on the way to %s, of %j: %i mistakes', (url, given, count) => {
    const { mistakes } = proxyUse(planOf(['http', { url }]), { line: null, environment: given, heeds: true });
    expect(mistakes).toHaveLength(count);
    expect(mistakes.join()).not.toContain('geheim');
  });

  it.each([
    ['nonsense', 'http://127.0.0.1', 1],
    ['socks5://p:1', 'http://127.0.0.1', 0],
    ['socks5://p:1', 'http://api.test', 1],
  ])('refuses %s on the way to %s: %i mistakes', (proxy, url, count) => {
    expect(
      proxyUse(planOf(['http', { url }]), { line: null, environment: { HTTP_PROXY: proxy }, heeds: true })
        .mistakes,
    ).toHaveLength(count);
  });

  it.each([
    [
      'a server elsewhere',
      'http://api.test/x',
      /^Through the proxy http:\/\/ann:\*\*\*@p:1 \(-H\); not for a, \*\.b \(-N\)$/,
    ],
    ['this machine, too', 'http://127.0.0.1', /^Through the proxy/],
    ['an exempt one', 'http://x.b', /^The proxy of the line \(-H\) is not needed/],
  ])('says what that of the line is to %s, and leaves the environment aside', (_, url, expected) => {
    const line = lineProxy({
      proxyHost: 'p',
      proxyPort: '1',
      proxyUser: 'ann',
      proxyPassword: 'x y',
      nonProxyHosts: 'a|*.b',
    });
    const { lines } = proxyUse(planOf(['http', { url }]), {
      line,
      environment: { HTTP_PROXY: 'no' },
      heeds: true,
    });
    expect(lines).toEqual([expect.stringMatching(expected)]);
  });
});
