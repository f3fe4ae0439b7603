import { createReadStream } from 'node:fs';
import { UserError } from '../engine/model/errors.ts';
import type { Sample } from '../engine/model/sample.ts';
import { csvRecords, splitRecord, type CsvRecord } from './csv-records.ts';
import { jtlHeader } from './jtl-line.ts';
import { rowReader, type RowReader } from './jtl-row.ts';
import { systemCause } from './system-cause.ts';

/**
 * The samples of a JTL in CSV, JMeter's or ours: delimiter `,` `;` or tab, with a header or with JMeter's
 * 17 default columns, quoted fields, LF or CRLF.
 *
 * A last line without its line break may be cut anywhere and is left out, as are lines that are no
 * sample; `warn` is told, once for all of them. Throws a `UserError` for what is no such file, or has no other lines.
 */
export async function* readJtl(file: string, warn: (message: string) => void): AsyncGenerator<Sample> {
  const read = recordReader(file);
  let [given, ignored] = [0, 0];
  let firstIgnored = '';
  for await (const records of readRecords(file)) {
    for (const record of records) {
      const sample = record.isWhole ? read(record.text) : null;
      if (!record.isWhole) warn(`${file}:${record.line}: the last line is not finished and was left out`);
      if (sample === null) continue;
      if (typeof sample === 'object') {
        given += 1;
        yield sample;
      } else if (ignored++ === 0) firstIgnored = `${file}:${record.line}: ${sample}`;
    }
  }
  if (ignored === 0) return;
  if (given === 0) throw new UserError(noSamples(firstIgnored));
  warn(`${firstIgnored}. ${ignored === 1 ? '1 line was' : `${ignored} lines were`} left out`);
}

async function* readRecords(file: string): AsyncGenerator<CsvRecord[]> {
  const chunks: AsyncIterable<string> = createReadStream(file, {
    encoding: 'utf8',
    highWaterMark: 256 * 1024,
  });
  try {
    yield* csvRecords(chunks);
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`cannot read ${file}: ${systemCause(error)}`);
  }
}

/** Reads one record after the other. Null: nothing is wrong with it, but it is no sample. Text: what is wrong. */
function recordReader(file: string): (text: string) => Sample | string | null {
  let layout: Layout | null = null;
  return (text) => {
    if (layout === null) {
      layout = layoutOf(file, text.replace(/^\uFEFF/, ''));
      if (layout.hasHeader) return null;
    }
    return text === '' ? null : layout.read(splitRecord(text, layout.delimiter));
  };
}

interface Layout {
  readonly delimiter: string;
  readonly hasHeader: boolean;
  readonly read: RowReader;
}

const required = ['timeStamp', 'elapsed', 'label', 'success'];

function layoutOf(file: string, firstLine: string): Layout {
  if (firstLine.startsWith('<')) {
    throw new UserError(
      `${file}: expected a JTL in CSV, found XML. Save it with jmeter.save.saveservice.output_format=csv`,
    );
  }
  const delimiter = /^\w+([,;\t])/.exec(firstLine)?.[1] ?? ',';
  const fields = splitRecord(firstLine, delimiter);
  if (/^\d+$/.test(fields[0] ?? '')) {
    return { delimiter, hasHeader: false, read: rowReader(jtlHeader.split(',')) };
  }
  const missing = required.filter((name) => !fields.includes(name));
  if (missing.length > 0) throw new UserError(`${file}: ${noLayout(fields, missing)}`);
  return { delimiter, hasHeader: true, read: rowReader(fields) };
}

const saveWith = 'A JTL of JMeter’s is read when it is saved with jmeter.save.saveservice.';

function noLayout(fields: readonly string[], missing: readonly string[]): string {
  if (missing.length < required.length) {
    const switches = `${saveWith}timestamp_format=ms, .time=true, .label=true and .successful=true`;
    return `expected the columns ${required.join(', ')}; ${missing.join(', ')} not among them. ${switches}`;
  }
  const found = fields.join(',').slice(0, 60);
  const expected = 'a first line that names the columns of a JTL, or begins with milliseconds';
  return `expected ${expected}; found "${found}". ${saveWith}print_field_names=true and .timestamp_format=ms`;
}

/** What to do when no row of a file is a sample. */
function noSamples(mistake: string): string {
  return `${mistake}. No row was a sample. ${saveWith}timestamp_format=ms and .print_field_names=true`;
}
