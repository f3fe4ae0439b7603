import { describe, expect, it } from 'vitest';
import type { Sample, SampleDetail } from '../engine/model/sample.ts';
import { AccessMask } from './access.ts';

const detail = (given: Partial<SampleDetail>, body = ''): Sample =>
  ({
    detail: {
      request: null,
      requestIsCut: false,
      headers: [],
      body: Buffer.from(body),
      bodyBytes: body.length,
      ...given,
    },
  }) as unknown as Sample;
const request = (given: object) => ({ method: 'GET', url: 'http://a/', headers: [], body: '', ...given });
const secretless = (text: string) => text.replaceAll('geheim', '***');

describe('what gives access', () => {
  it.each([
    ['{"access_token":"abc","n":1}', '{"access_token":"***","n":1}'],
    ['{"user":{"password" : "p\\"q"}, "apiKey":"k"}', '{"user":{"password" : "***"}, "apiKey":"***"}'],
    ['user=ann&password=x%20y&refresh_token=z', 'user=ann&password=***&refresh_token=***'],
    ['user=ann&pwd=abc&pass=def&passage=1', 'user=ann&pwd=***&pass=***&passage=1'],
    ['https://a/b?X-Goog-Signature=ab12&x=1', 'https://a/b?X-Goog-Signature=***&x=1'],
    [
      '<auth><Password>x</Password><name>y</name></auth>',
      '<auth><Password>***</Password><name>y</name></auth>',
    ],
    [
      '{"nextPageToken":"abc","token_type":"bearer","tokens":"5"}',
      '{"nextPageToken":"abc","token_type":"bearer","tokens":"5"}',
    ],
    ['PUT /o?uploadType=resumable&upload_id=abc', 'PUT /o?uploadType=resumable&upload_id=***'],
    // Form fields and queries; the last word of a compound name counts.
    ['key=abc&code=x1&x=1', 'key=***&code=***&x=1'],
    [
      'a?sas=1&sig=2&otp=3&pin=4&assertion=5&jwt=6',
      'a?sas=***&sig=***&otp=***&pin=***&assertion=***&jwt=***',
    ],
    ['user[pin]=1&access%5Ftoken=2&keys=3&codec=4', 'user[pin]=***&access%5Ftoken=***&keys=3&codec=4'],
    ['{"next":"http://a/?sig=abc","n":1}', '{"next":"http://a/?sig=***","n":1}'],
    [
      '--b\r\nContent-Disposition: form-data; name="password"\r\n\r\nab\r\ncd\r\n--b--',
      '--b\r\nContent-Disposition: form-data; name="password"\r\n\r\n***\r\n--b--',
    ],
    // Names that are common words elsewhere.
    ['{"code":"NOT_FOUND","key":"a"}', '{"code":"NOT_FOUND","key":"a"}'],
    // Numbers, and all that a secret field holds.
    ['{"otp":123456,"pin": 12,"n":5}', '{"otp":"***","pin": "***","n":5}'],
    [
      '{"credentials":{"user":"ann","keys":["a\\\\",{"b":1}],"c":null},"n":{"a":"b"}}',
      '{"credentials":{"user":"***","keys":["***",{"b":"***"}],"c":null},"n":{"a":"b"}}',
    ],
    ['{"secret":["a","b', '{"secret":["***","***'],
    ['{"password":"cut o', '{"password":"***'],
    ['{"password":"ends with \\\\","n":"1"}', '{"password":"***","n":"1"}'],
    // JSON in JSON in JSON.
    [
      JSON.stringify({ body: JSON.stringify({ password: 'p"q\\', n: 1 }), n: 'x' }),
      JSON.stringify({ body: JSON.stringify({ password: '***', n: 1 }), n: 'x' }),
    ],
    [
      JSON.stringify({ a: JSON.stringify({ b: JSON.stringify({ secret: { c: ['d"'] }, n: 1 }) }), n: 'x' }),
      JSON.stringify({ a: JSON.stringify({ b: JSON.stringify({ secret: { c: ['***'] }, n: 1 }) }), n: 'x' }),
    ],
    ["<user Password=\"x\" name='y' pin='z'/>", "<user Password=\"***\" name='y' pin='***'/>"],
    ['geheim stays a secret', '*** stays a secret'],
  ])('in %s is masked by the name of its field', (text, shown) => {
    expect(new AccessMask(secretless).mask(text)).toBe(shown);
  });

  it.each([
    [
      'a bearer token that was sent',
      detail({ request: request({ headers: [['Authorization', 'Bearer tok-12345']] }) }),
      'tok-12345',
    ],
    ['a cookie that was set', detail({ headers: [['Set-Cookie', 'sid=cookie-77; Path=/']] }), 'cookie-77'],
    [
      'cookies that were sent',
      detail({ request: request({ headers: [['cookie', 'a=one-1111; b=two-2222']] }) }),
      'two-2222',
    ],
    ['a token of an answer', detail({}, '{"token":"tok-98765"}'), 'tok-98765'],
    ['one of a form', detail({ request: request({ body: 'client_secret=cs-12345' }) }), 'cs-12345'],
    [
      'a variable with such a name',
      detail({ notes: [{ kind: 'variable', name: 'jwt', value: 'jwt-12345' }] }),
      'jwt-12345',
    ],
    [
      'a variable that the plan sends as one',
      detail({ notes: [{ kind: 'variable', name: 'x', value: 'value-of-x' }] }),
      'value-of-x',
    ],
  ])('%s is masked wherever it stands from then on', (_, sample, value) => {
    const mask = new AccessMask(secretless, new Set(['x']));
    expect(mask.mask(`seen ${value}.`)).toBe(`seen ${value}.`);
    mask.learn(sample);
    expect(mask.mask(`seen ${value}.`)).toBe('seen ***.');
  });

  it('leaves alone what is short: it stands in too many words', () => {
    const mask = new AccessMask(secretless);
    mask.learn(detail({}, '{"token":"ok"}'));
    expect(mask.mask('ok')).toBe('ok');
    expect(mask.isSecretVariable('page_token')).toBe(false);
  });
});
