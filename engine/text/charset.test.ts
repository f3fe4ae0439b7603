import { describe, expect, it } from 'vitest';
import { charsetNamed } from './charset-name.ts';
import { charsetOf } from './charset-of.ts';
import { exactText, textOf } from './read-text.ts';

const bytes = (text: string) => Buffer.from(text, 'latin1');
const be = (text: string) => Buffer.from(text, 'utf16le').swap16();
const le = (text: string) => Buffer.from(text, 'utf16le');
const utf32be = (text: string) =>
  Buffer.concat(Array.from(text, (one) => Buffer.from([0, 0, 0, one.charCodeAt(0)])));
const utf32le = (text: string) =>
  Buffer.concat(Array.from(text, (one) => Buffer.from([one.charCodeAt(0), 0, 0, 0])));

describe('names of charsets', () => {
  it.each([
    ['UTF-8', 'utf-8'],
    [' utf8 ', 'utf-8'],
    ['ISO-8859-1', 'windows-1252'],
    ['ISO8859_1', 'windows-1252'],
    ['us-ascii', 'windows-1252'],
    ['CP1252', 'windows-1252'],
    ['Shift_JIS', 'shift_jis'],
    ['Windows-31J', 'shift_jis'],
    ['CP932', 'shift_jis'],
    ['GB2312', 'gbk'],
    ['MS936', 'gbk'],
    ['Big5-HKSCS', 'big5'],
    ['ks_c_5601-1987', 'euc-kr'],
    ['x-windows-949', 'euc-kr'],
    ['utf-16', 'utf-16'],
    ['UTF_16LE', 'utf-16le'],
    ['UTF-32', 'utf-32be'],
    ['utf32le', 'utf-32le'],
    ['klingon', null],
    ['', null],
  ])('%j is %j', (name, expected) => expect(charsetNamed(name)).toBe(expected));
});

describe('the text of a body', () => {
  it.each([
    ['text/plain; charset=ISO-8859-1', bytes('caf\xe9'), 'café'],
    ['text/plain; Charset="iso-8859-1"; x=y', bytes('caf\xe9'), 'café'],
    ["text/plain;charset='latin1'", bytes('caf\xe9'), 'café'],
    ['text/plain ; charset = latin1', bytes('caf\xe9'), 'café'],
    ['text/plain; x=charset; charset=latin1', bytes('caf\xe9'), 'café'],
    ['text/plain; charset=iso-8859-1', bytes('\x80 \x93a\x94'), '€ “a”'],
    ['text/plain; charset=iso-8859-15', bytes('\xa4'), '€'],
    ['text/plain; charset=windows-1251', bytes('\xcf\xf0\xe8'), 'При'],
    ['text/plain; charset=koi8-r', bytes('\xf0\xd2\xc9'), 'При'],
    ['text/plain; charset=Shift_JIS', bytes('\x93\xfa\x96{\x83\x5c'), '日本ソ'],
    ['text/plain; charset=EUC-JP', bytes('\xc6\xfc\xcb\xdc'), '日本'],
    ['text/plain; charset=iso-2022-jp', bytes('\x1b$BF|K\\\x1b(B'), '日本'],
    ['text/plain; charset=GBK', bytes('\xd6\xd0\xce\xc4'), '中文'],
    ['text/plain; charset=gb18030', bytes('\xd6\xd0\x81\x30\x81\x30'), '中\x80'],
    ['text/plain; charset=big5', bytes('\xa4\xa4\xa4\xe5'), '中文'],
    ['text/plain; charset=euc-kr', bytes('\xc7\xd1'), '한'],
    ['text/plain; charset=utf-16le', le('né'), 'né'],
    ['text/plain; charset=utf-16', le('né'), 'né'],
    ['text/plain; charset=utf-16', be('né'), 'né'],
    ['text/plain; charset=utf-16', be('日'), '日'],
    ['text/plain; charset=utf-16', Buffer.from([0xff, 0xfe, ...le('日')]), '日'],
    ['text/plain; charset=utf-32', utf32be('né'), 'né'],
    ['text/plain; charset=utf-32le', Buffer.from([1, 0, 0x11, 0, 65, 0, 0, 0, 66]), '\ufffdA\ufffd'],
    // A byte order mark is stronger than what the header says.
    ['text/plain; charset=iso-8859-1', Buffer.from('\ufeffé'), 'é'],
    ['application/json; charset=utf-8', Buffer.from([0xfe, 0xff, ...be('{}')]), '{}'],
    ['', Buffer.from([0xff, 0xfe, 0, 0, ...utf32le('A')]), 'A'],
    // Nobody knows the name: as if there was none.
    ['text/plain; charset=klingon', Buffer.from('é'), 'é'],
    ['text/html; charset=klingon', bytes('<meta charset=latin1>\xe9'), '<meta charset=latin1>é'],
    ['text/plain', Buffer.from('é'), 'é'],
    ['text/plain', bytes('\xe9'), '\ufffd'],
    ['image/png; charset=x', bytes('a'), 'a'],
    ['application/json', Buffer.from('"é"'), '"é"'],
    ['application/problem+json', be('"é"'), '"é"'],
    ['application/json', le('1'), '1'],
    ['application/json', utf32be('"é"'), '"é"'],
    ['application/json', utf32le('"é"'), '"é"'],
    ['application/json', bytes(''), ''],
    ['text/css', bytes('@charset "latin1";\xe9'), '@charset "latin1";é'],
    ['text/css', Buffer.from('a{}@charset "latin1";é'), 'a{}@charset "latin1";é'],
  ] as const)('of type %j and %j is %j', (type, body, expected) => {
    expect(textOf(body, type)).toBe(expected);
  });

  it.each([
    ['text/html', '<html><meta charset="ISO-8859-1">\xe9', 'windows-1252'],
    ['text/html', '<META CHARSET=Shift_JIS>', 'shift_jis'],
    ['text/html', "<meta name=a content='charset=gbk'><meta charset='koi8-r'/>", 'koi8-r'],
    ['text/html', '<meta http-equiv="Content-Type" content="text/html; charset=EUC-KR">', 'euc-kr'],
    ['text/html', "<meta content='text/html;charset=gbk' http-equiv=content-type>", 'gbk'],
    ['text/html', '<!-- <meta charset=gbk> --><meta charset=big5>', 'big5'],
    ['text/html', '<meta charset=utf-16>', 'utf-8'],
    ['text/html', '<meta charset=klingon>', 'utf-8'],
    ['text/html', '<p>charset=gbk', 'utf-8'],
    ['text/html', `${' '.repeat(5000)}<meta charset=gbk>`, 'utf-8'],
    ['application/xhtml+xml', '<?xml version="1.0" encoding="iso-8859-2"?><meta charset=gbk>', 'iso-8859-2'],
    ['text/xml', "<?xml version='1.0' encoding='windows-1251' ?>", 'windows-1251'],
    ['application/soap+xml', '<?xml version="1.0" encoding="GBK"?>', 'gbk'],
    ['application/xml', '<?xml version="1.0"?><a encoding="gbk"/>', 'utf-8'],
    ['application/xml', '<?xml version="1.0" encoding="UTF-16"?>', 'utf-8'],
    ['application/xml', le('<?xml').toString('latin1'), 'utf-16le'],
    ['application/xml', '<meta charset=gbk>', 'utf-8'],
    ['', '<?xml version="1.0" encoding="gbk"?>', 'gbk'],
    ['', '<!DOCTYPE html><meta charset=gbk>', 'gbk'],
    ['', 'about <meta charset=gbk>', 'utf-8'],
    ['text/plain', '<meta charset=gbk>', 'utf-8'],
  ])('of type %j beginning with %j is in %s', (type, body, expected) => {
    expect(charsetOf(bytes(body), type).name).toBe(expected);
  });

  it('tells of a charset that nobody knows', () => {
    expect(charsetOf(bytes(''), 'text/plain; charset=klingon').unknown).toBe('klingon');
    expect(charsetOf(bytes(''), 'text/plain; charset=gbk').unknown).toBeNull();
  });

  it.each([
    [bytes('\xe9'), 'utf-8', false, null],
    [bytes('\xe9'), 'windows-1252', false, 'é'],
    [bytes('a\xc3'), 'utf-8', true, 'a'],
    [bytes('a\xc3'), 'utf-8', false, null],
    [bytes('\xd6\xd0\xce'), 'gbk', true, '中'],
    [utf32be('a').subarray(0, 6), 'utf-32be', true, 'a'],
    [bytes('\xff\xff\xff\xff'), 'utf-32be', false, null],
  ])('%j in %s, cut: %j, is exactly %j', (body, charset, isCut, expected) => {
    expect(exactText(body, charset, isCut)).toBe(expected);
  });
});
