import { splitRecord } from './csv-records.ts';
import { jtlHeader } from './jtl-line.ts';
import { timeReader } from './jtl-time.ts';

/** How the rows of a JTL in CSV are written. */
export interface JtlLayout {
  readonly delimiter: string;
  /** Whether the first line names the columns. */
  readonly hasHeader: boolean;
  readonly columns: readonly string[];
}

const usual = jtlHeader.split(',');
/** Without a header, JMeter's columns: those of today, and those before it wrote URLs by default. */
const usualSets = [usual, usual.filter((name) => name !== 'URL')];

/** Told by the first line. Any character may stand between fields, as in JMeter. */
export function jtlLayout(firstLine: string, timestampFormat?: string): JtlLayout {
  const readTime = timeReader(timestampFormat);
  for (const delimiter of [',', ';', '\t', '|', ...otherSigns(firstLine)]) {
    const fields = splitRecord(firstLine, delimiter);
    if (fields.length < 2 || readTime(fields[0] ?? '') === null) continue;
    const columns = usualSets.find(({ length }) => length === fields.length) ?? usual;
    return { delimiter, hasHeader: false, columns };
  }
  const delimiter = /^"?\w+"?([^\w"])/.exec(firstLine)?.[1] ?? ',';
  return { delimiter, hasHeader: true, columns: splitRecord(firstLine, delimiter) };
}

/** What stands between two digits of a line that begins with milliseconds. */
function otherSigns(line: string): string[] {
  const sign = /^\d{10,}([^\w"])/.exec(line)?.[1];
  return sign === undefined ? [] : [sign];
}
