import { textLiteral } from '../../warehouse/names.ts';
import type { Cursor } from './cursor.ts';
import { argument, own, same } from './function-rule.ts';
import type { Call, FunctionRule } from './function-rule.ts';

/** What BigQuery takes for white space; DuckDB only a space. */
const whiteSpace = `' ' || chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || chr(160) || chr(5760) || chr(8192) || chr(8193) || chr(8194) || chr(8195) || chr(8196) || chr(8197) || chr(8198) || chr(8199) || chr(8200) || chr(8201) || chr(8202) || chr(8232) || chr(8233) || chr(8239) || chr(8287) || chr(12288)`;

function trim(name: string): FunctionRule {
  return own(1, 2, (call) => {
    const characters = call.args.length === 2 ? argument(call, 1) : whiteSpace;
    return `${name}(${argument(call, 0)}, ${characters})`;
  });
}

/** With a group its text is the answer, without one the whole match; NULL if nothing fits. */
function regexpExtract(call: Call, cursor: Cursor): string {
  const [value, pattern] = [argument(call, 0), argument(call, 1)];
  const group = groupOf(call, cursor);
  return `CASE WHEN regexp_matches(${value}, ${pattern}) THEN regexp_extract(${value}, ${pattern}, ${group}) END`;
}

function groupOf(call: Call, cursor: Cursor): 0 | 1 {
  const text = call.args[1]?.text;
  if (text === undefined)
    throw cursor.unsupported(`${call.token.text} with a pattern that is not a literal`, call.token);
  const groups = text.replace(/\\.|\[(?:\\.|[^\]])*\]/gs, '').match(/\((?!\?)|\(\?P?</g)?.length ?? 0;
  if (groups > 1) {
    throw cursor.wrong(
      `Regular expressions passed into extraction functions must not have more than 1 capturing group`,
      call.token,
    );
  }
  return groups === 1 ? 1 : 0;
}

/** `%d`, `%s`, `%.2f` and their like; DuckDB's `format` knows none, its `printf` these. */
function format(call: Call, cursor: Cursor): string {
  const text = call.args[0]?.text;
  if (text === undefined) throw cursor.unsupported('FORMAT with anything but a literal text', call.token);
  const specifiers = text.match(/%[^a-zA-Z%]*[a-zA-Z%]?/g) ?? [];
  const unknown = specifiers.find((one) => !/^%(%|[-+ 0#]*\d*(\.\d+)?[dixXofFeEgGs])$/.test(one));
  if (unknown !== undefined) throw cursor.unsupported(`FORMAT with ${unknown}`, call.token);
  const wanted = specifiers.filter((one) => one !== '%%').length;
  if (wanted !== call.args.length - 1) throw cursor.wrong(`FORMAT needs ${wanted} values`, call.token);
  const values = call.args.slice(1).map(({ sql }) => sql);
  return `printf(${[textLiteral(text.replace(/%([^a-zA-Z%]*)i/g, '%$1d')), ...values].join(', ')})`;
}

function bytesHash(name: string): FunctionRule {
  return own(1, 1, (call) => `unhex(${name}(${argument(call, 0)}))`);
}

export const textFunctions: Readonly<Record<string, FunctionRule>> = {
  CONCAT: own(1, 100, ({ args }) => `(${args.map(({ sql }) => sql).join(' || ')})`),
  LENGTH: same('length', 1),
  CHAR_LENGTH: same('length', 1),
  CHARACTER_LENGTH: same('length', 1),
  BYTE_LENGTH: own(1, 1, (call) => `octet_length(encode(${argument(call, 0)}))`),
  UPPER: same('upper', 1),
  LOWER: same('lower', 1),
  TRIM: trim('trim'),
  LTRIM: trim('ltrim'),
  RTRIM: trim('rtrim'),
  REPLACE: same('replace', 3),
  REVERSE: same('reverse', 1),
  REPEAT: same('repeat', 2),
  STARTS_WITH: same('starts_with', 2),
  ENDS_WITH: same('ends_with', 2),
  STRPOS: same('strpos', 2),
  SUBSTR: own(2, 3, substring),
  SUBSTRING: own(2, 3, substring),
  LEFT: same('left', 2),
  RIGHT: same('right', 2),
  LPAD: own(2, 3, (call) => pad('lpad', call)),
  RPAD: own(2, 3, (call) => pad('rpad', call)),
  SPLIT: own(
    1,
    2,
    (call) => `string_split(${argument(call, 0)}, ${call.args.length === 2 ? argument(call, 1) : `','`})`,
  ),
  ASCII: same('ascii', 1),
  CHR: same('chr', 1),
  FORMAT: own(1, 100, format),
  REGEXP_CONTAINS: same('regexp_matches', 2),
  REGEXP_EXTRACT: own(2, 2, regexpExtract),
  REGEXP_EXTRACT_ALL: own(
    2,
    2,
    (call, cursor) =>
      `regexp_extract_all(${argument(call, 0)}, ${argument(call, 1)}, ${groupOf(call, cursor)})`,
  ),
  REGEXP_REPLACE: own(
    3,
    3,
    (call) => `regexp_replace(${argument(call, 0)}, ${argument(call, 1)}, ${argument(call, 2)}, 'g')`,
  ),
  MD5: bytesHash('md5'),
  SHA1: bytesHash('sha1'),
  SHA256: bytesHash('sha256'),
  TO_HEX: own(1, 1, (call) => `lower(hex(${argument(call, 0)}))`),
  FROM_HEX: same('unhex', 1),
  TO_BASE64: same('to_base64', 1),
  FROM_BASE64: same('from_base64', 1),
  SAFE_CONVERT_BYTES_TO_STRING: own(1, 1, (call) => `decode(${argument(call, 0)})`),
};

function substring(call: Call): string {
  const [value, position, length] = [0, 1, 2].map((index) => argument(call, index));
  if (call.args.length === 2) return `bq_substr_from(${value}, ${position})`;
  return `bq_substr_of(${value}, ${position}, ${length})`;
}

function pad(name: string, call: Call): string {
  const filling = call.args.length === 3 ? argument(call, 2) : `' '`;
  return `${name}(${argument(call, 0)}, CAST(${argument(call, 1)} AS INTEGER), ${filling})`;
}
