import { readFileSync } from 'node:fs';

/**
 * The rows of a CSV file with a header, as objects. RFC 4180, comma and LF.
 *
 * Shares nothing with the reader it judges.
 */
export function csvRows(file) {
  const [header, ...records] = recordsOf(readFileSync(file, 'utf8'));
  return records.map((fields) => Object.fromEntries(header.map((name, at) => [name, fields[at]])));
}

function recordsOf(text) {
  const records = [];
  let fields = [];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n)/g)) {
    fields.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === '\n') {
      records.push(fields);
      fields = [];
    }
  }
  return records;
}
