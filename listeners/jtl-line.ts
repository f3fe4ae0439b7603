import type { Sample } from '../engine/model/sample.ts';
import { whole } from './jtl-columns.ts';

/**
 * One line of a JTL: JMeter's 17 default columns, in the only order that JMeter reads back.
 *
 * Values are those of JMeter's CSVSaveService: times are whole milliseconds and `timeStamp` is the start;
 * a missing URL is `null`; a field is quoted if it holds a comma, a quote or a line break.
 */
export const jtlHeader =
  'timeStamp,elapsed,label,responseCode,responseMessage,threadName,dataType,success,failureMessage,' +
  'bytes,sentBytes,grpThreads,allThreads,URL,Latency,IdleTime,Connect';

/** The line with its line break. `redact` is given the texts that may hold a secret. */
export function formatJtlLine(sample: Sample, redact: (text: string) => string = asIs): string {
  return (
    `${Math.floor(sample.startEpochMs)},${whole(sample.elapsedMs)},${field(sample.label)},` +
    `${field(sample.code)},${field(redact(sample.message))},${field(sample.threadName)},${sample.dataType},` +
    `${sample.ok},${field(redact(sample.failure))},${whole(sample.bytesReceived)},${whole(sample.bytesSent)},` +
    `${sample.groupThreads},${sample.allThreads},${sample.url === null ? 'null' : field(redact(sample.url))},` +
    `${whole(sample.latencyMs)},${whole(sample.idleMs)},${whole(sample.connectMs)}\n`
  );
}

function asIs(text: string): string {
  return text;
}

const special = /[,"\n\r]/;

function field(text: string): string {
  return special.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
