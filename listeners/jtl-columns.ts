import { hostname } from 'node:os';
import type { Sample } from '../engine/model/sample.ts';

/** One column of a JTL. Texts that may hold a secret have been given to `redact`. */
export interface JtlColumn {
  readonly name: JtlColumnName;
  /** Whether JMeter writes it unless told otherwise. */
  readonly usual: boolean;
  /** The column that JMeter's readers only know together with it. */
  readonly partner?: JtlColumnName;
  value(sample: Sample, redact: (text: string) => string): string | number | boolean;
}

/** Every column that JMeter knows, in the only order in which it reads them (`CSVSaveService.java`). */
export const jtlColumnNames = [
  'timeStamp',
  'elapsed',
  'label',
  'responseCode',
  'responseMessage',
  'threadName',
  'dataType',
  'success',
  'failureMessage',
  'bytes',
  'sentBytes',
  'grpThreads',
  'allThreads',
  'URL',
  'Filename',
  'Latency',
  'Encoding',
  'SampleCount',
  'ErrorCount',
  'Hostname',
  'IdleTime',
  'Connect',
] as const;
export type JtlColumnName = (typeof jtlColumnNames)[number];

const machine = hostname();

const values: Readonly<Record<JtlColumnName, JtlColumn['value']>> = {
  timeStamp: ({ startEpochMs }) => Math.floor(startEpochMs),
  elapsed: ({ elapsedMs }) => whole(elapsedMs),
  label: ({ label }) => label,
  responseCode: ({ code }) => code,
  responseMessage: ({ message }, redact) => redact(message),
  threadName: ({ threadName }) => threadName,
  dataType: ({ dataType }) => dataType,
  success: ({ ok }) => ok,
  failureMessage: ({ failure }, redact) => redact(failure),
  bytes: ({ bytesReceived }) => whole(bytesReceived),
  sentBytes: ({ bytesSent }) => whole(bytesSent),
  grpThreads: ({ groupThreads }) => groupThreads,
  allThreads: ({ allThreads }) => allThreads,
  URL: ({ url }, redact) => (url === null ? 'null' : redact(url)),
  Filename: () => '',
  Latency: ({ latencyMs }) => whole(latencyMs),
  Encoding: ({ detail }) => charsetOf(detail?.headers ?? []),
  SampleCount: () => 1,
  ErrorCount: ({ ok }) => (ok ? 0 : 1),
  Hostname: () => machine,
  IdleTime: ({ idleMs }) => whole(idleMs),
  Connect: ({ connectMs }) => whole(connectMs),
};

const unusual: ReadonlySet<JtlColumnName> = new Set([
  'Filename',
  'Encoding',
  'SampleCount',
  'ErrorCount',
  'Hostname',
]);

const partners: Readonly<Partial<Record<JtlColumnName, JtlColumnName>>> = {
  grpThreads: 'allThreads',
  allThreads: 'grpThreads',
  SampleCount: 'ErrorCount',
  ErrorCount: 'SampleCount',
};

export const jtlColumns: readonly JtlColumn[] = jtlColumnNames.map((name) => {
  const partner = partners[name];
  return { name, usual: !unusual.has(name), value: values[name], ...(partner ? { partner } : {}) };
});

/** Readers reject a whole file for one number that is negative, broken or missing. */
export function whole(value: number): number {
  return value > 0 ? Math.round(value) : 0;
}

/** The charset of Content-Type; JMeter's `sampleresult.default.encoding` without one. */
function charsetOf(headers: readonly (readonly [name: string, value: string])[]): string {
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  return /;\s*charset="?([^";\s]+)/i.exec(type)?.[1] ?? 'UTF-8';
}
