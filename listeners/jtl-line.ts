import type { Sample } from '../engine/model/sample.ts';
import { jtlColumns, type JtlColumn } from './jtl-columns.ts';

type Shown = Pick<JtlColumn, 'value'>;

const usual = jtlColumns.filter((column) => column.usual);

/** JMeter's 17 default columns, in the only order that JMeter reads back. */
export const jtlHeader = usual.map(({ name }) => name).join(',');

/** Writes a sample as a line, with its line break. `redact` is given the texts that may hold a secret. */
export type LineWriter = (sample: Sample, redact: (text: string) => string) => string;

/**
 * Lines of the given columns as JMeter's CSVSaveService writes them: times are whole milliseconds and `timeStamp` is the
 * start; a missing URL is `null`; a field is quoted if it holds the delimiter, a quote or a line break.
 */
export function lineWriter(columns: readonly Shown[], delimiter = ','): LineWriter {
  const special = new RegExp(`[\\u{${delimiter.codePointAt(0)?.toString(16)}}"\\n\\r]`, 'u');
  const quoted = (text: string) => (special.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const values = columns.map(({ value }, place) => ({ value, before: place === 0 ? '' : delimiter }));
  return (sample, redact) => {
    let line = '';
    for (const { value, before } of values) {
      const shown = value(sample, redact);
      line += `${before}${typeof shown === 'string' ? quoted(shown) : shown}`;
    }
    return `${line}\n`;
  };
}
