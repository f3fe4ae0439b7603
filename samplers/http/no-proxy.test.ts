import { describe, expect, it } from 'vitest';
import { isThisMachine, readNoProxy } from './no-proxy.ts';

describe('a host of NO_PROXY', () => {
  it.each([
    ['*', 'api.example.com', true],
    ['example.com', 'example.com', true],
    ['example.com', 'API.Example.com', true],
    ['example.com', 'example.com.', true],
    ['example.com', 'myexample.com', false],
    ['example.com', 'example.com.evil.test', false],
    ['.example.com', 'api.example.com', true],
    ['.example.com', 'example.com', true],
    ['*.example.com', 'a.b.example.com', true],
    ['Example.COM', 'example.com', true],
    ['10.*', '10.1.2.3', true],
    ['10.1.2.3', '10.1.2.3', true],
    ['10.1.2.3', '10.1.2.30', false],
    ['10.0.0.0/8', '10.255.0.1', true],
    ['10.0.0.0/8', '11.0.0.1', false],
    ['10.0.0.0/8', 'ten.example.com', false],
    ['fd00::/8', 'fd12::1', true],
    ['fd00::/8', 'fe80::1', false],
    ['2001:db8::1', '2001:db8:0::1', true],
    ['[2001:db8::1]', '2001:db8::1', true],
    ['host.test:8080', 'host.test', true],
    ['host.test:81', 'host.test', false],
    ['[2001:db8::1]:8080', '2001:db8::1', true],
    ['[2001:db8::1]:81', '2001:db8::1', false],
    ['10.1.2.3:8080', '10.1.2.3', true],
  ])('%s means %s: %s', (entry, host, expected) => {
    const { isExempt, mistakes } = readNoProxy(['other.test', entry]);
    expect(mistakes).toEqual([]);
    expect(isExempt(host, 8080)).toBe(expected);
  });

  it.each([
    [
      '10.0.0.0/33',
      'fd00::/129',
      'host/8',
      'http://host',
      'host:99999',
      'host:0',
      ':80',
      '[host]',
      'a:b',
      '.',
      '[::1',
    ],
  ])('that is none is told', (...entries) => {
    expect(readNoProxy(entries).mistakes).toEqual(entries);
  });
});

describe('isThisMachine', () => {
  it.each([
    'localhost',
    'LOCALHOST',
    'a.localhost',
    'localhost.',
    '127.0.0.1',
    '127.8.9.10',
    '0.0.0.0',
    '::1',
    '::',
  ])('%s', (host) => {
    expect(isThisMachine(host)).toBe(true);
  });
  it.each(['localhost.example.com', 'notlocalhost', '128.0.0.1', '::2', '10.0.0.1'])('not %s', (host) => {
    expect(isThisMachine(host)).toBe(false);
  });
});
