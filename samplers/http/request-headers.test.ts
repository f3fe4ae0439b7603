import { describe, expect, it } from 'vitest';
import { requestHeaders, withoutHeaders } from './request-headers.ts';

describe('request headers', () => {
  it.each([
    [{}, 'none', true, ['user-agent', 'loadplan', 'accept-encoding', 'gzip, deflate, br']],
    [{}, 'json', false, ['user-agent', 'loadplan', 'content-type', 'application/json']],
    [
      { 'Content-Type': 'a/b', 'USER-AGENT': 'me' },
      'form',
      false,
      ['USER-AGENT', 'me', 'Content-Type', 'a/b'],
    ],
    [
      { 'Content-Length': '1', Cookie: 'a=b', Connection: 'Close' },
      'none',
      false,
      ['user-agent', 'loadplan'],
    ],
    [
      { Accept: 'a', accept: 'b', 'Accept-Encoding': '' },
      'none',
      true,
      ['user-agent', 'loadplan', 'accept', 'b'],
    ],
    [{ 'user-agent': '', 'X-Empty': '' }, 'none', false, ['user-agent', '', 'X-Empty', '']],
  ] as const)('%j with a body of kind %s', (own, kind, decompress, list) => {
    const headers = requestHeaders(own, kind, decompress);
    expect(headers.list).toEqual(list);
    let text = '';
    for (let i = 0; i < list.length; i += 2) text += `${list[i] ?? ''}: ${list[i + 1] ?? ''}\r\n`;
    expect(headers.bytes).toBe(text.length);
  });

  it('are made once for the same object and kind', () => {
    const own = { a: 'b' };
    expect(requestHeaders(own, 'json', true)).toBe(requestHeaders(own, 'json', true));
    expect(requestHeaders(own, 'json', true)).not.toBe(requestHeaders(own, 'form', true));
    expect(requestHeaders(own, 'json', true)).not.toBe(requestHeaders(own, 'json', false));
  });

  it('keep cookie, close and host apart', () => {
    const headers = requestHeaders({ COOKIE: 'a=b', connection: 'close', HOST: 'h' }, 'none', true);
    expect(headers).toMatchObject({ cookie: 'a=b', closes: true, givesHost: true });
    expect(withoutHeaders(headers, [])).toEqual(headers);
    expect(withoutHeaders(headers, ['cookie', 'host'])).toMatchObject({
      cookie: '',
      closes: true,
      givesHost: false,
    });
  });
});
