import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BadUrl, Target } from './target.ts';
import { targetOf, urlOf } from './target.ts';
import { configured } from './test-support/perform.ts';

describe('the target of a request', () => {
  it.each([
    [{ url: 'http://h/a?b=c#d' }, 'http://h/a?b=c'],
    [{ url: 'HTTPS://H:443' }, 'https://h/'],
    [{ url: 'http://h?x=1' }, 'http://h/?x=1'],
    [{ url: 'http://h:80/a', baseUrl: 'http://other', path: '/b' }, 'http://h/a'],
    [{ baseUrl: 'http://h:8080', path: '/a' }, 'http://h:8080/a'],
    [{ baseUrl: 'http://h:8080/', path: 'a' }, 'http://h:8080/a'],
    [{ baseUrl: 'http://h/v1/', path: '/a/../b' }, 'http://h/v1/a/../b'],
    [{ baseUrl: 'http://h/v1' }, 'http://h/v1/'],
    [{ baseUrl: 'http://h', path: 'https://other/x' }, 'https://other/x'],
    [{ baseUrl: 'http://h', path: '/a b/é/😀' }, 'http://h/a%20b/%C3%A9/%F0%9F%98%80'],
    [{ baseUrl: 'http://h', path: '/a%20b' }, 'http://h/a%20b'],
    [{ baseUrl: 'http://h', path: '/a', query: 'b=1&c=%20' }, 'http://h/a?b=1&c=%20'],
    [{ baseUrl: 'http://h', path: '/a?x=y', query: 'b=1' }, 'http://h/a?x=y&b=1'],
    [{ baseUrl: 'http://h', path: '/a', query: '' }, 'http://h/a'],
    [{ baseUrl: 'http://[::1]:8080', path: '/a' }, 'http://[::1]:8080/a'],
  ])('%j → %s', (config, url) => {
    expect(urlOf(targetOf(configured(config)) as Target)).toBe(url);
  });

  it.each([
    [{ path: '/a' }, 'no protocol: /a'],
    [{ baseUrl: 'h:80', path: '/a' }, 'unknown protocol: h'],
    [{ baseUrl: '', path: '/a' }, 'no protocol: '],
    [{ baseUrl: 'http://', path: '/a' }, 'no protocol: http://'],
    [{ url: 'file:///etc/passwd' }, 'unknown protocol: file'],
  ])('%j is none: %s', (config, message) => {
    expect((targetOf(configured(config)) as BadUrl).message).toBe(message);
  });

  it('has a path that can be sent, whatever the author wrote', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (path) => {
        const target = targetOf(configured({ baseUrl: 'http://h', path: `/${path}` }));
        expect((target as Target).path).toMatch(/^\/[\x21-\x7e]*$/);
      }),
    );
  });
});
