import { describe, expect, it } from 'vitest';
import { secretNet } from '../engine/secrets/net.ts';
import { redactedBytes } from './redacted-bytes.ts';

const redact = secretNet(['schlüßel-1', '密码密码密码']);
const utf16 = (text: string) => Buffer.from(text, 'utf16le');
/** 密码密码密码 in GBK. */
const gbk = Buffer.from('c3dcc2ebc3dcc2ebc3dcc2eb', 'hex');

describe('redactedBytes', () => {
  it.each([
    ['UTF-8', Buffer.from('a schlüßel-1 b ✓'), 'text/plain', Buffer.from('a *** b ✓')],
    [
      'Latin-1',
      Buffer.from('a schlüßel-1 b', 'latin1'),
      'text/plain; charset=latin1',
      Buffer.from('a *** b'),
    ],
    ['UTF-16', utf16('\ufeffa schlüßel-1 b'), 'text/plain', utf16('\ufeffa *** b')],
    [
      'UTF-16, big-endian',
      utf16('a 密码密码密码').swap16(),
      'a/b; charset=utf-16be',
      utf16('\ufeffa ***').swap16(),
    ],
    ['GBK', Buffer.concat([Buffer.from('a '), gbk]), 'text/plain; charset=gbk', Buffer.from('\ufeffa ***')],
    [
      'another charset than it says',
      Buffer.from('a schlüßel-1'),
      'a/b; charset=utf-16le',
      Buffer.from('a ***'),
    ],
    ['UTF-16 among bytes', Buffer.concat([Buffer.of(255), utf16('pass schl')]), 'a/b', null],
    ['bytes', Buffer.from([0, 255, 128, 1]), 'image/png', null],
    ['the beginning of a secret', Buffer.from('a schlüß'), 'text/plain', Buffer.from('a ***')],
    ['the end of a secret', Buffer.from('üßel-1 b'), 'text/plain', Buffer.from('*** b')],
    ['less of it', Buffer.from('a schl'), 'text/plain', null],
  ])('%s', (_, bytes, contentType, expected) => {
    const shown = redactedBytes(bytes, redact, contentType);
    if (expected === null) expect(shown).toBe(bytes);
    else expect(Buffer.from(shown)).toEqual(expected);
  });

  it('finds UTF-16 that nobody has announced', () => {
    const bytes = Buffer.concat([Buffer.of(255), utf16('a pass-word b')]);
    expect(Buffer.from(redactedBytes(bytes, secretNet(['pass-word']))).toString('latin1')).toContain('*');
  });
});
