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

/** The same rows as a CSV file. JMeter takes no names of columns in quotes. */
export function csvText(rows) {
  const lines = rows.map((row) => Object.values(row).map((field) => `"${field.replaceAll('"', '""')}"`));
  return [Object.keys(rows[0] ?? {}), ...lines].map((fields) => `${fields.join(',')}\n`).join('');
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
