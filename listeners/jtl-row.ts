import { fromNameInJtl } from '../engine/model/sample-phase.ts';
import type { DataType, Sample } from '../engine/model/sample.ts';
import { kindReader } from './jtl-parts.ts';
import { expectedTime, type TimeReader } from './jtl-time.ts';

/** Makes a sample of a row's fields, or says what is wrong with it. Rows are given in the order of the file. */
export type RowReader = (fields: readonly string[]) => Sample | string;

const noTags: Sample['tags'] = {};
const knownTexts = 10_000;

/** A reader for rows with the given columns. Columns that are not JMeter's are passed over. */
export function rowReader(columns: readonly string[], readTime: TimeReader): RowReader {
  const indexes = new Map(columns.map((name, index) => [name, index]));
  const keep = remembered((label) => label);
  const kindOf = kindReader();
  const threadOf = remembered(fromNameInJtl);
  return (fields) => {
    if (fields.length !== columns.length) {
      return `expected ${columns.length} columns, found ${fields.length}`;
    }
    const text = (name: string) => fields[indexes.get(name) ?? -1] ?? '';
    const number = (name: string) => Number(text(name));
    if (!/^\d+$/.test(text('elapsed'))) return `expected milliseconds as elapsed, found "${text('elapsed')}"`;
    const startEpochMs = readTime(text('timeStamp'));
    if (startEpochMs === null) return `expected ${expectedTime} as timeStamp, found "${text('timeStamp')}"`;
    const mistake = rowMistake(text, startEpochMs);
    if (mistake !== null) return mistake;
    const row: Omit<Sample, 'kind'> = {
      label: keep(text('label')),
      tags: noTags,
      ...threadOf(text('threadName')),
      dueEpochMs: startEpochMs,
      startEpochMs,
      elapsedMs: number('elapsed'),
      idleMs: number('IdleTime'),
      latencyMs: number('Latency'),
      connectMs: number('Connect'),
      ok: text('success').toLowerCase() === 'true',
      code: text('responseCode'),
      message: text('responseMessage'),
      failure: text('failureMessage'),
      dataType: dataType(text('dataType')),
      bytesReceived: number('bytes'),
      bytesSent: number('sentBytes'),
      url: text('URL') === 'null' ? null : text('URL'),
      groupThreads: number('grpThreads'),
      allThreads: number('allThreads'),
    };
    return { ...row, kind: kindOf(row) };
  };
}

const dayMs = 24 * 3_600_000;
/** From 1970 on, until 2200. */
const latestEpochMs = Date.UTC(2200, 0);

/** Columns of whole numbers, which may be empty, and the most that each can be. */
const numbers: Readonly<Record<string, number>> = {
  ...Object.fromEntries(['IdleTime', 'Latency', 'Connect'].map((name) => [name, dayMs])),
  ...Object.fromEntries(['bytes', 'sentBytes'].map((name) => [name, Number.MAX_SAFE_INTEGER])),
  ...Object.fromEntries(['grpThreads', 'allThreads'].map((name) => [name, 2 ** 31 - 1])),
};

/** What cannot be true of a row; null: nothing. */
function rowMistake(text: (column: string) => string, startEpochMs: number): string | null {
  const found = (column: string) => `${column}, found "${text(column)}"`;
  if (startEpochMs < 0 || startEpochMs >= latestEpochMs)
    return `expected a time from 1970 to 2199 as ${found('timeStamp')}`;
  if (Number(text('elapsed')) > dayMs) return `expected 24 h (${dayMs}) at most as ${found('elapsed')}`;
  if (!/^(true|false)$/i.test(text('success'))) return `expected true or false as ${found('success')}`;
  for (const [name, most] of Object.entries(numbers)) {
    const value = text(name);
    if (value !== '' && !(/^\d+$/.test(value) && Number(value) <= most))
      return `expected a whole number from 0 to ${most} as ${found(name)}`;
  }
  return null;
}

function dataType(text: string): DataType {
  return text === 'text' || text === 'bin' ? text : '';
}

/** Makes the same of equal texts once, and of a copy: what is kept must not hold on to the piece of the file that it was cut from. */
function remembered<Made>(make: (text: string) => Made): (text: string) => Made {
  const known = new Map<string, Made>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    if (known.size >= knownTexts) return make(text);
    const copy = Buffer.from(text).toString();
    const made = make(copy);
    known.set(copy, made);
    return made;
  };
}
