import { expect, it } from 'vitest';
import { parseProxy } from './proxy.ts';

it.each([
  ['http://proxy.test:3128', { hostname: 'proxy.test', port: 3128, secure: false, authorization: '' }],
  ['http://proxy.test', { port: 80 }],
  ['https://proxy.test', { port: 443, secure: true }],
  ['http://[::1]:8080/', { hostname: '::1', port: 8080 }],
  [
    'http://ann:p%40%C3%A9@proxy.test',
    { authorization: `Basic ${Buffer.from('ann:p@é').toString('base64')}` },
  ],
  ['http://ann@proxy.test', { authorization: `Basic ${btoa('ann:')}` }],
])('%s is understood', (text, expected) => expect(parseProxy(text)).toMatchObject(expected));

it.each(['proxy.test:3128', 'socks5://a:1', 'http://', 'http://a/path', 'http://a?x', 'http://a:%zz@b', ''])(
  '%j is no proxy',
  (text) => expect(parseProxy(text)).toBeNull(),
);
