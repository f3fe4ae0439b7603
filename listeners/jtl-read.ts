import { UserError } from '../engine/model/errors.ts';
import type { Sample } from '../engine/model/sample.ts';
import { csvRecords, splitRecord } from './csv-records.ts';
import { openInput, textOf, type Input } from './input-bytes.ts';
import { jtlHead, type JtlHead } from './jtl-head.ts';
import type { JtlLayout } from './jtl-layout.ts';
import { rowReader } from './jtl-row.ts';
import { timeReader } from './jtl-time.ts';
import { xmlColumns, xmlSamples } from './jtl-xml-read.ts';

/** A JTL that has been opened, and is read once. */
export interface Jtl {
  readonly name: string;
  readonly columns: readonly string[];
  /** `warn` is told what is left out. Throws a `UserError` for what has no sample that can be read. */
  samples(warn: (message: string) => void): AsyncGenerator<Sample>;
}

/**
 * Opens a JTL in CSV or XML, JMeter's or ours, packed by gzip or not, or standard input for `-`. In CSV: any character between
 * fields, with a header or with JMeter's default columns, times in milliseconds or as dates, quoted fields, LF or CRLF.
 */
export async function openJtl(path: string, timestampFormat?: string): Promise<Jtl> {
  return jtlIn(await openInput(path), timestampFormat);
}

/** The same for what has been opened. */
export async function jtlIn(input: Input, timestampFormat?: string): Promise<Jtl> {
  try {
    const head = jtlHead(input, timestampFormat);
    if (head.form === 'csv') checkLayout(input.name, head.layout);
    return {
      name: input.name,
      columns: head.columns,
      samples: (warn) => samplesIn(input, { head, timestampFormat, warn }),
    };
  } catch (error) {
    await input.close();
    throw error;
  }
}

/** The samples of a JTL. */
export async function* readJtl(file: string, warn: (message: string) => void): AsyncGenerator<Sample> {
  yield* (await openJtl(file)).samples(warn);
}

interface Wishes {
  readonly head: JtlHead;
  readonly timestampFormat: string | undefined;
  readonly warn: (message: string) => void;
}

async function* samplesIn(input: Input, { head, timestampFormat, warn }: Wishes): AsyncGenerator<Sample> {
  const text = textOf(input.chunks);
  const { name } = input;
  if (head.form === 'xml') {
    // JMeter writes milliseconds there, whatever the format of dates is.
    yield* xmlSamples(text, { name, read: rowReader(xmlColumns, timeReader()), warn });
  } else yield* csvSamples(text, { name, layout: head.layout, timestampFormat, warn });
  if (input.isCut()) warn(`${name}: what gzip has packed breaks off; it was read as far as it goes`);
}

interface Csv extends Omit<Wishes, 'head'> {
  readonly name: string;
  readonly layout: JtlLayout;
}

/**
 * A last line without its line break may be cut anywhere and is left out, as are lines that are no
 * sample; `warn` is told, once for all of them.
 */
async function* csvSamples(text: AsyncIterable<string>, csv: Csv): AsyncGenerator<Sample> {
  const { name, layout, timestampFormat, warn } = csv;
  const read = rowReader(layout.columns, timeReader(timestampFormat));
  let [given, ignored] = [0, 0];
  let firstIgnored = '';
  let isHeader = layout.hasHeader;
  for await (const records of csvRecords(text)) {
    for (const { text: record, line, isWhole } of records) {
      if (!isWhole) warn(`${name}:${line}: the last line is not finished and was left out`);
      const isSample = isWhole && record !== '' && !isHeader;
      isHeader = false;
      if (!isSample) continue;
      const sample = read(splitRecord(record, layout.delimiter));
      if (typeof sample === 'object') {
        given += 1;
        yield sample;
      } else if (ignored++ === 0) firstIgnored = `${name}:${line}: ${sample}`;
    }
  }
  if (ignored === 0) return;
  if (given === 0) throw new UserError(`${firstIgnored}. No row was a sample`);
  warn(`${firstIgnored}. ${ignored === 1 ? '1 line was' : `${ignored} lines were`} left out`);
}

const required = ['timeStamp', 'elapsed', 'label', 'success'];

function checkLayout(name: string, { columns, delimiter }: JtlLayout): void {
  const missing = required.filter((column) => !columns.includes(column));
  if (missing.length > 0) throw new UserError(`${name}: ${noLayout(columns.join(delimiter), missing)}`);
  const twice = columns.find((column, index) => column !== '' && columns.indexOf(column) < index);
  if (twice !== undefined)
    throw new UserError(
      `${name}:1: the column ${twice} is there twice, so that nobody can tell which counts`,
    );
}

const saveWith = 'A JTL of JMeter’s is read when it is saved with jmeter.save.saveservice.';

function noLayout(line: string, missing: readonly string[]): string {
  if (missing.length < required.length) {
    const switches = `${saveWith}time=true, .label=true, .successful=true and with times (.timestamp_format is not none)`;
    return `expected the columns ${required.join(', ')}; ${missing.join(', ')} not among them. ${switches}`;
  }
  const expected = 'a first line that names the columns of a JTL, or begins with a time';
  return `expected ${expected}; found "${line.slice(0, 60)}". ${saveWith}print_field_names=true; --timestamp-format PATTERN tells how its dates are written`;
}
