import { describe, expect, it } from 'vitest';
import { addressMistake, openAddressMistake } from './check-address.ts';
import { addressMistakes, checkHttp } from './check.ts';

const needs = (found: string, remedy: string) =>
  `baseUrl needs http:// or https:// and a host, found "${found}". ${remedy}`;
const meant = (found: string, address: string) => needs(found, `Did you mean "${address}"?`);
const such = 'Expected one such as https://host:8080/path';
const onlyHttp = 'Only http and https are spoken';

describe('an address that is known before the run', () => {
  it.each([
    ['localhost:7801', meant('localhost:7801', 'http://localhost:7801')],
    ['localhost', meant('localhost', 'http://localhost')],
    ['example.com', meant('example.com', 'http://example.com')],
    ['example.com:443/a', meant('example.com:443/a', 'https://example.com:443/a')],
    ['127.0.0.1:80/x', meant('127.0.0.1:80/x', 'http://127.0.0.1:80/x')],
    ['[::1]:80', meant('[::1]:80', 'http://[::1]:80')],
    ['//host', meant('//host', 'http://host')],
    ['htp://x', meant('htp://x', 'http://x')],
    ['htps://x', meant('htps://x', 'https://x')],
    ['http:/x', meant('http:/x', 'http://x')],
    ['http:x', meant('http:x', 'http://x')],
    ['https//x.com', meant('https//x.com', 'https://x.com')],
    [' http://x', meant(' http://x', 'http://x')],
    ['/api', needs('/api', such)],
    ['ftp://x', needs('ftp://x', onlyHttp)],
    ['ws://x', needs('ws://x', onlyHttp)],
    ['file:///x', needs('file:///x', onlyHttp)],
    ['http://', `baseUrl names no host, found "http://". ${such}`],
    ['https://', `baseUrl names no host, found "https://". ${such}`],
    ['http:///a', `baseUrl names no host, found "http:///a". ${such}`],
    ['http://x:99999', `baseUrl is no address: "http://x:99999". ${such}`],
    ['http://[::1', `baseUrl is no address: "http://[::1". ${such}`],
    ['http://x y', `baseUrl is no address: "http://x y". ${such}`],
    ['http://x ', 'baseUrl has spaces around it. Write "http://x"'],
    ['http://x?key=s3cret', 'baseUrl ends before the first "?". Write what follows as query:, beside it'],
    ['http://x/a#b', 'baseUrl ends before the first "#". It is not sent: leave it out'],
    [
      'http://ann:s3cret@x',
      'baseUrl holds credentials for x. Write them as auth: { basic: { username: …, password: … } }',
    ],
    ['ann:s3cret@x', needs('ann:s3cret@x', 'Did you mean "http://…@x"?')],
  ])('%j is wrong', (text, message) => {
    expect(addressMistake({ key: 'baseUrl', text })).toBe(message);
  });

  it.each([
    'http://x',
    'HTTPS://X:8443/a/',
    'http://127.0.0.1:0/api',
    'http://[::1]:80',
    'http://xn--mnchen-3ya.de',
  ])('%j is right', (text) => {
    expect(addressMistake({ key: 'baseUrl', text })).toBeNull();
  });

  it('may have a query and a fragment when it is whole', () => {
    expect(addressMistake({ key: 'url', text: 'http://x/a?b=c#d' })).toBeNull();
  });

  it('is not looked at while it is not known, or is empty', () => {
    expect(addressMistakes({ url: undefined, baseUrl: '' })).toEqual([]);
    expect(addressMistakes({ baseUrl: 'x' })).toMatchObject([{ key: 'baseUrl' }]);
  });
});

describe('an address that a template completes', () => {
  it.each([
    '${url}',
    '${url}/a',
    'http://${host}',
    'http${s}://${host}',
    'https://x/${path}',
    'http://${h}?${q}',
  ])('%j may be right', (text) => {
    expect(openAddressMistake({ key: 'url', text })).toBeNull();
  });

  it.each([
    ['localhost:${port}', meant('localhost:${port}', 'http://localhost:${port}')],
    ['//${host}', meant('//${host}', 'http://${host}')],
    ['htp://${host}', meant('htp://${host}', 'http://${host}')],
    ['ftp://${host}', needs('ftp://${host}', onlyHttp)],
    ['http://x/?k=${k}', 'baseUrl ends before the first "?". Write what follows as query:, beside it'],
  ])('%j is wrong', (text, message) => {
    expect(openAddressMistake({ key: 'baseUrl', text })).toBe(message);
  });
});

describe('checkHttp', () => {
  it.each([
    // `compile` tells of these, with the place of the text.
    [{ url: '{{base}}/a' }, null],
    [{ path: '{{base}}/a' }, null],
    [{ baseUrl: '' }, 'baseUrl is empty'],
    [{ path: '/a' }, 'nothing says which server to ask: set baseUrl (in defaults.http, for example) or url'],
    [{ baseUrl: 'http://x', path: '/a{b}' }, null],
    [
      { path: 'htp://${host}/' },
      'path needs http:// or https:// and a host, found "htp://${host}/". Did you mean "http://${host}/"?',
    ],
    [{ path: 'http://${host}/' }, null],
    // What is known is looked at once all is known.
    [{ path: 'ftp://x/' }, null],
  ])('of %j says %j', (config, message) => {
    expect(checkHttp(config, true)).toBe(message);
  });
});

describe('a path that is an address', () => {
  const told = (path: string) => addressMistakes({ baseUrl: 'http://x', path }).map(({ message }) => message);
  const asks = 'path needs http:// or https:// and a host';

  it.each([
    ['ftp://127.0.0.1/', `${asks}, found "ftp://127.0.0.1/". ${onlyHttp}`],
    ['htp://127.0.0.1/', `${asks}, found "htp://127.0.0.1/". Did you mean "http://127.0.0.1/"?`],
    ['http:/127.0.0.1/x', `${asks}, found "http:/127.0.0.1/x". Did you mean "http://127.0.0.1/x"?`],
    ['localhost:8123/x', `${asks}, found "localhost:8123/x". Did you mean "http://localhost:8123/x"?`],
    ['127.0.0.1:8123', `${asks}, found "127.0.0.1:8123". Did you mean "http://127.0.0.1:8123"?`],
    ['[::1]:80/x', `${asks}, found "[::1]:80/x". Did you mean "http://[::1]:80/x"?`],
    ['http://127.0.0.1:99999/', `path is no address: "http://127.0.0.1:99999/". ${such}`],
    ['http://x:80a/', `path is no address: "http://x:80a/". ${such}`],
    ['http://[::1:8124/', `path is no address: "http://[::1:8124/". ${such}`],
    ['http://127.0.0.256/', `path is no address: "http://127.0.0.256/". ${such}`],
    ['https://', `path names no host, found "https://". ${such}`],
    [
      'http://ann:s3cret@x/',
      'path holds credentials for x. Write them as auth: { basic: { username: …, password: … } }',
    ],
  ])('%s is wrong', (path, message) => {
    expect(told(path)).toEqual([message]);
  });

  it.each([
    '/p?u=ftp://x/',
    'p?u=http://x',
    'a:b',
    'v1:batch',
    'projects/x:80/y',
    '//x/y',
    'example.com/x',
    '/localhost:8123/x',
    'http://x/a b ',
    'http://x/[a]{b}|^',
    'HTTP://127.1:80?q#f',
    'https://[::1]/',
  ])('%s is right', (path) => {
    expect(told(path)).toEqual([]);
  });
});
