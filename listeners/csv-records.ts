/** One record of a CSV file, still in one piece. */
export interface CsvRecord {
  /** The line on which it starts, from 1. */
  readonly line: number;
  readonly text: string;
  /** False: the file ends before its line break. */
  readonly isWhole: boolean;
}

/** Longer records are a quote that never closes. */
const longestRecord = 1024 * 1024;

/**
 * The records of a file that comes in pieces; those that end in one piece are given together. A line break
 * inside quotes belongs to the record (RFC 4180).
 */
export async function* csvRecords(chunks: AsyncIterable<string>): AsyncGenerator<CsvRecord[]> {
  let rest = '';
  let open: string[] = []; // lines of a record whose quotes are not yet closed
  let openLength = 0;
  let line = 0;
  for await (const chunk of chunks) {
    const pieces = (rest + chunk).split('\n');
    rest = pieces.pop() ?? '';
    const records: CsvRecord[] = [];
    for (const piece of pieces) {
      line++;
      openLength = open.length === 0 ? piece.length : openLength + piece.length;
      const wasOpen = open.length > 0;
      const isOpen = hasOddQuotes(piece) ? !wasOpen : wasOpen;
      open.push(piece);
      if (isOpen && openLength < longestRecord) continue;
      const text = open.join('\n');
      records.push({
        line: line - open.length + 1,
        text: text.endsWith('\r') ? text.slice(0, -1) : text,
        isWhole: true,
      });
      open = [];
    }
    yield records;
  }
  if (open.length > 0 || rest !== '') {
    yield [{ line: line - open.length + 1, text: [...open, rest].join('\n'), isWhole: false }];
  }
}

function hasOddQuotes(text: string): boolean {
  let isOdd = false;
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at + 1)) isOdd = !isOdd;
  return isOdd;
}

/** The fields of a record, unquoted. */
export function splitRecord(text: string, delimiter: string): string[] {
  if (!text.includes('"')) return text.split(delimiter);
  const fields: string[] = [];
  let field = '';
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i] ?? '';
    if (quoted && char === '"' && text[i + 1] === '"') {
      field += text[++i] ?? '';
    } else if (char === '"') {
      quoted = !quoted;
    } else if (char === delimiter && !quoted) {
      fields.push(field);
      field = '';
    } else {
      field += char;
    }
  }
  return [...fields, field];
}
