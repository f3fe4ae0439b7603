/** Names that Java, Windows and Python write and that the Encoding Standard (encoding.spec.whatwg.org) does not list. */
const aliases: Readonly<Record<string, string>> = {
  cp932: 'shift_jis',
  'windows-932': 'shift_jis',
  'shift-jis': 'shift_jis',
  sjis: 'shift_jis',
  cp936: 'gbk',
  ms936: 'gbk',
  'windows-936': 'gbk',
  cp949: 'euc-kr',
  ms949: 'euc-kr',
  'x-windows-949': 'euc-kr',
  euckr: 'euc-kr',
  cp950: 'big5',
  ms950: 'big5',
  'windows-950': 'big5',
  eucjp: 'euc-jp',
  'latin-1': 'windows-1252',
  'utf-8-sig': 'utf-8',
};

/** UTF-16 whose byte order the text itself shows. */
export const eitherUtf16 = 'utf-16';
const utf16Names = new Set(['utf-16', 'utf16', 'unicode', 'ucs-2', 'ucs2', 'iso-10646-ucs-2', 'csunicode']);
const utf32 = /^utf-?32(?:le|be)?$/;

const mostRemembered = 200;
const known = new Map<string, string | null>();

/**
 * The charset of a name in any case and spelling, as the Encoding Standard calls it; `utf-16`, `utf-32le` and `utf-32be`
 * besides. Null: nothing here reads it.
 */
export function charsetNamed(name: string): string | null {
  const remembered = known.get(name);
  if (remembered !== undefined) return remembered;
  if (known.size >= mostRemembered) known.clear();
  const found = lookUp(name.trim().toLowerCase());
  known.set(name, found);
  return found;
}

function lookUp(name: string): string | null {
  if (utf16Names.has(name)) return eitherUtf16;
  if (utf32.test(name)) return name.endsWith('le') ? 'utf-32le' : 'utf-32be';
  const spellings = [name, aliases[name], name.replaceAll('_', '-'), aliases[name.replaceAll('_', '-')]];
  for (const spelling of spellings) {
    const found = spelling === undefined ? null : decoderName(spelling);
    if (found !== null) return found;
  }
  return null;
}

function decoderName(label: string): string | null {
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return null;
  }
}
