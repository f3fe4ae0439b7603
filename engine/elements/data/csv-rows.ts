/** How a CSV text is cut into rows. */
export interface CsvForm {
  /** May be several characters; `\t` is a tab. */
  readonly delimiter: string;
  /** Fields may stand in double quotes, doubled inside, with line breaks; else the text is only split. */
  readonly quoted: boolean;
}

/**
 * The rows of a CSV text, each a list of fields, as JMeter's CSV Data Set reads them (`CSVDataSet.java`).
 *
 * A byte-order mark and empty lines at the end are left out. An empty line in the middle is a row without fields.
 */
export function csvRows(text: string, { delimiter, quoted }: CsvForm): string[][] {
  const separator = delimiter === '\\t' ? '\t' : delimiter || ',';
  const body = text.replace(/^\uFEFF/, '').replace(/(\r?\n)+$/, '');
  if (body === '') return [];
  return quoted
    ? quotedRows(body, separator)
    : body.split(/\r?\n/).map((line) => (line === '' ? [] : line.split(separator)));
}

function quotedRows(text: string, separator: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (let at = 0; at <= text.length;) {
    const { field, end } = text[at] === '"' ? quotedField(text, at) : plainField(text, at, separator);
    row.push(field);
    if (text.startsWith(separator, end)) {
      at = end + separator.length;
      continue;
    }
    rows.push(row.length === 1 && row[0] === '' && text[at] !== '"' ? [] : row);
    row = [];
    at = lineEnd(text, end);
  }
  return rows;
}

/** From its opening quote to behind the closing one; the rest of the text when it is never closed. */
function quotedField(text: string, start: number): { field: string; end: number } {
  let field = '';
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] !== '"') field += text[at] ?? '';
    else if (text[at + 1] === '"') {
      field += '"';
      at += 1;
    } else return { field, end: at + 1 };
  }
  return { field, end: text.length };
}

function plainField(text: string, start: number, separator: string): { field: string; end: number } {
  let end = start;
  while (end < text.length && text[end] !== '\n' && text[end] !== '\r' && !text.startsWith(separator, end))
    end += 1;
  return { field: text.slice(start, end), end };
}

function lineEnd(text: string, at: number): number {
  if (at >= text.length) return text.length + 1;
  return text.startsWith('\r\n', at) ? at + 2 : at + 1;
}
