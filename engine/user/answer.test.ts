import { describe, expect, it } from 'vitest';
import type { Outcome } from '../model/sample.ts';
import { headerValues } from '../elements/source.ts';
import { LazyAnswer } from './answer.ts';

const outcome: Outcome = {
  ok: true,
  code: '200',
  message: 'OK',
  dataType: 'text',
  bytesReceived: 0,
  bytesSent: 0,
  url: null,
};

function answered(changes: Partial<Outcome>): LazyAnswer {
  return new LazyAnswer({ ...outcome, ...changes }, 1);
}

describe('an answer', () => {
  it('has the names of its headers as they were sent, and is asked for them in any case', () => {
    const answer = answered({
      headers: [
        ['Set-Cookie', 'sid=abc'],
        ['X-ONE', '1'],
      ],
      request: { method: 'GET', url: '', headers: [['X-Mine', 'a']], body: '' },
    });
    expect(answer.headersText()).toBe('HTTP/1.1 200 OK\nSet-Cookie: sid=abc\nX-ONE: 1\n');
    expect(answer.requestHeadersText()).toBe('X-Mine: a\n');
    expect([answer.header('set-cookie'), answer.header('x-one')]).toEqual(['sid=abc', '1']);
    expect(headerValues(answer, 'x-One')).toEqual(['1']);
  });

  it('is read in the charset that it names', () => {
    const body = Buffer.from('{"a":"caf\xe9"}', 'latin1');
    const answer = answered({ body, contentType: 'application/json; charset=ISO-8859-1' });
    expect([answer.text(), answer.json()]).toEqual(['{"a":"café"}', { a: 'café' }]);
    expect(answer.unknownCharset).toBeNull();
  });

  it('tells of a charset that is unknown once it was read', () => {
    const answer = answered({ body: Buffer.from('é'), contentType: 'text/plain; charset=klingon' });
    expect(answer.unknownCharset).toBeNull();
    expect([answer.text(), answer.unknownCharset]).toEqual(['é', 'klingon']);
  });
});
