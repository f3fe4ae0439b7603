/** How a row of a CSV file is cut into fields. */
export interface CsvForm {
  /** May be several characters; `\t` is a tab. */
  readonly delimiter: string;
  /** Fields may stand in double quotes, doubled inside, with line breaks; else the text is only split. */
  readonly quoted: boolean;
}

export const separatorOf = (delimiter: string): string => (delimiter === '\\t' ? '\t' : delimiter || ',');

/** The fields of a row, as JMeter's CSV Data Set reads them (`CSVDataSet.java`). What follows a closing quote is kept. */
export function csvRow(text: string, { delimiter, quoted }: CsvForm): readonly string[] {
  const separator = separatorOf(delimiter);
  if (!quoted || !text.includes('"')) return text.split(separator);
  const fields: string[] = [];
  for (let at = 0; at <= text.length;) {
    const { field, end } = text[at] === '"' ? quotedField(text, at) : { field: '', end: at };
    const found = text.indexOf(separator, end);
    const last = found < 0 ? text.length : found;
    fields.push(field + text.slice(end, last));
    at = last + (found < 0 ? 1 : separator.length);
  }
  return fields;
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
