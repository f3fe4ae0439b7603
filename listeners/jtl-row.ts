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
  const keep = keeper();
  const kindOf = kindReader();
  return (fields) => {
    if (fields.length !== columns.length) {
      return `expected ${columns.length} columns, found ${fields.length}`;
    }
    const text = (name: string) => fields[indexes.get(name) ?? -1] ?? '';
    const number = (name: string) => Number(text(name)) || 0;
    if (!/^\d+$/.test(text('elapsed'))) return `expected milliseconds as elapsed, found "${text('elapsed')}"`;
    const startEpochMs = readTime(text('timeStamp'));
    if (startEpochMs === null) return `expected ${expectedTime} as timeStamp, found "${text('timeStamp')}"`;
    const row: Omit<Sample, 'kind'> = {
      label: keep(text('label')),
      tags: noTags,
      threadName: keep(text('threadName')),
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

function dataType(text: string): DataType {
  return text === 'text' || text === 'bin' ? text : '';
}

/** Gives equal texts as one: what is kept must not hold on to the piece of the file that it was cut from. */
function keeper(): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined || known.size >= knownTexts) return before ?? text;
    const copy = Buffer.from(text).toString();
    known.set(copy, copy);
    return copy;
  };
}
