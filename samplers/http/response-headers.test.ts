import { describe, expect, it } from 'vitest';
import { dataTypeOf, findHeader, findHeaders, headerBytes, headerPairs } from './response-headers.ts';

const raw = (...parts: string[]) => parts.map((part) => Buffer.from(part, 'latin1'));

describe('raw response headers', () => {
  const headers = raw('Set-Cookie', 'a=1', 'X-Long-Name', 'x', 'set-cookie', 'b=2', 'LOCATION', '/é');

  it('are found by name in any case', () => {
    expect(findHeader(headers, 'location')?.toString('latin1')).toBe('/é');
    expect(findHeaders(headers, 'set-cookie')).toEqual(['a=1', 'b=2']);
    expect(findHeader(headers, 'x-long-nama')).toBeUndefined();
    expect(findHeaders(headers, 'absent')).toEqual([]);
  });

  it('are counted with their separators', () => {
    expect(headerBytes(raw('A', 'b', 'Cc', ''))).toBe('A: b\r\nCc: \r\n\r\n'.length);
    expect(headerBytes([])).toBe(2);
  });

  it('become text, spelled as they were sent', () => {
    expect(headerPairs(headers)[3]).toEqual(['LOCATION', '/é']);
    expect(headerPairs(headers)[0]).toEqual(['Set-Cookie', 'a=1']);
  });

  it.each([
    ['text/html; charset=utf-8', 'text'],
    ['application/octet-stream', 'text'],
    ['application/json', 'text'],
    ['image/png', 'bin'],
    ['IMAGE/PNG', 'bin'],
    ['audio/mpeg', 'bin'],
    ['video/mp4', 'bin'],
    ['image/svg+xml', 'text'],
    ['audio/x-mpegurl', 'text'],
    ['audio/mpegurl', 'text'],
    ['video/f4m', 'text'],
    ['i', 'text'],
  ])('content type %s is %s', (type, dataType) => {
    expect(dataTypeOf(raw('Content-Type', type))).toBe(dataType);
  });

  it('without a content type mean text', () => expect(dataTypeOf([])).toBe('text'));
});
