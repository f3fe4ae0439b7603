import { describe, expect, it } from 'vitest';
import { challengeIn, digestAuthorization, type Challenge } from './digest.ts';

const rfc = {
  realm: 'http-auth@example.org',
  nonce: '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v',
  opaque: 'FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS',
  counts: true,
};
const proof = {
  username: 'Mufasa',
  password: 'Circle of Life',
  method: 'GET',
  uri: '/dir/index.html',
  count: 1,
  cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
};
const response = (challenge: Challenge, changed: Partial<typeof proof> = {}) =>
  /response="(.*?)"/.exec(digestAuthorization(challenge, { ...proof, ...changed }))?.[1];

describe('a digest', () => {
  it.each([
    ['RFC 7616 §3.9.1, MD5', { ...rfc, algorithm: 'MD5' }, {}, '8ca523f5e9506fed4657c9700eebdbec'],
    [
      'RFC 7616 §3.9.1, SHA-256',
      { ...rfc, algorithm: 'SHA-256' },
      {},
      '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1',
    ],
    [
      'RFC 2617 §3.5, no algorithm',
      { ...rfc, realm: 'testrealm@host.com', nonce: 'dcd98b7102dd2f0e8b11d0f600bfb0c093', algorithm: '' },
      { password: 'Circle Of Life', cnonce: '0a4f113b' },
      '6629fae49393a05397450978507c4ef1',
    ],
    [
      'RFC 2069 as corrected, no counting',
      {
        realm: 'testrealm@host.com',
        nonce: 'dcd98b7102dd2f0e8b11d0f600bfb0c093',
        opaque: undefined,
        algorithm: '',
        counts: false,
      },
      { password: 'CircleOfLife' },
      '1949323746fe6a43ef61f9606e7febea',
    ],
  ])('is as in %s', (_, challenge, changed, expected) => {
    expect(response(challenge, changed)).toBe(expected);
  });

  it('of a session takes both nonces into its key', () => {
    const session = { ...rfc, algorithm: 'SHA-256-sess' };
    expect(response(session)).not.toBe(response({ ...rfc, algorithm: 'SHA-256' }));
    expect(response(session)).not.toBe(response(session, { cnonce: 'other' }));
  });

  it('is written with all its fields, quotes escaped', () => {
    const text = digestAuthorization(
      { ...rfc, realm: 'a "b"', algorithm: 'MD5' },
      { ...proof, count: 26, cnonce: 'c' },
    );
    expect(text).toMatch(
      /^Digest username="Mufasa", realm="a \\"b\\"", nonce="7ypf.*", uri="\/dir\/index.html", response="[0-9a-f]{32}", algorithm=MD5, qop=auth, nc=0000001a, cnonce="c", opaque="FQhe.*"$/,
    );
  });
});

describe('a challenge', () => {
  it.each([
    [
      ['Digest realm="r", nonce="n"'],
      { realm: 'r', nonce: 'n', algorithm: '', counts: false, opaque: undefined },
    ],
    [
      ['Basic realm="x", Digest realm="a, b=c", nonce="n", qop="auth,auth-int", opaque=o, algorithm=md5'],
      { realm: 'a, b=c', nonce: 'n', algorithm: 'md5', counts: true, opaque: 'o' },
    ],
    [
      ['Digest realm="r", nonce="1", algorithm=MD5', 'Digest realm="r", nonce="2", algorithm=SHA-256-sess'],
      { nonce: '2', algorithm: 'SHA-256-sess' },
    ],
    [['digest realm="say \\"hi\\"", nonce="n"'], { realm: 'say "hi"' }],
    [['Digest realm="r", nonce="n", qop="auth-int"'], null],
    [['Digest realm="r", nonce="n", algorithm=WHIRLPOOL'], null],
    [['Digest realm="r"'], null],
    [['Basic realm="Digest nonce=x"'], null],
    [['Negotiate', 'NTLM'], null],
    [[], null],
  ])('is read from %j', (headers, expected) => {
    if (expected === null) expect(challengeIn(headers)).toBeNull();
    else expect(challengeIn(headers)).toMatchObject(expected);
  });
});
