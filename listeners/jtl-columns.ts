import { hostname } from 'node:os';
import { nameInJtl } from '../engine/model/sample-phase.ts';
import type { Sample } from '../engine/model/sample.ts';

/** One column of a JTL. Texts that may hold a secret have been given to `redact`. */
export interface JtlColumn {
  readonly name: JtlColumnName;
  /** JMeter's name for it in XML (`SampleResultConverter.java`); missing where it is no attribute there. */
  readonly attribute?: string;
  /** Whether JMeter writes it unless told otherwise. */
  readonly usual: boolean;
  /** The column that JMeter's readers only know together with it. */
  readonly partner?: JtlColumnName;
  readonly value: (sample: Sample, redact: Redact) => string | number | boolean;
}

type Redact = (text: string) => string;

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

type Form = Pick<JtlColumn, 'attribute' | 'partner' | 'value'> & { readonly isUnusual?: true };

const machine = hostname();

const forms: Readonly<Record<JtlColumnName, Form>> = {
  timeStamp: { attribute: 'ts', value: ({ startEpochMs }) => Math.floor(startEpochMs) },
  elapsed: { attribute: 't', value: ({ elapsedMs }) => whole(elapsedMs) },
  label: { attribute: 'lb', value: ({ label }) => label },
  responseCode: { attribute: 'rc', value: ({ code }) => code },
  responseMessage: { attribute: 'rm', value: ({ message }, redact) => redact(message) },
  threadName: { attribute: 'tn', value: nameInJtl },
  dataType: { attribute: 'dt', value: ({ dataType }) => dataType },
  success: { attribute: 's', value: ({ ok }) => ok },
  failureMessage: { value: ({ failure }, redact) => redact(failure) },
  bytes: { attribute: 'by', value: ({ bytesReceived }) => whole(bytesReceived) },
  sentBytes: { attribute: 'sby', value: ({ bytesSent }) => whole(bytesSent) },
  grpThreads: { attribute: 'ng', partner: 'allThreads', value: ({ groupThreads }) => whole(groupThreads) },
  allThreads: { attribute: 'na', partner: 'grpThreads', value: ({ allThreads }) => whole(allThreads) },
  URL: { value: ({ url }, redact) => (url === null ? 'null' : redact(url)) },
  Filename: { isUnusual: true, value: () => '' },
  Latency: { attribute: 'lt', value: ({ latencyMs }) => whole(latencyMs) },
  Encoding: { isUnusual: true, value: ({ detail }) => charsetOf(detail?.headers ?? []) },
  SampleCount: { attribute: 'sc', isUnusual: true, partner: 'ErrorCount', value: () => 1 },
  ErrorCount: { attribute: 'ec', isUnusual: true, partner: 'SampleCount', value: ({ ok }) => (ok ? 0 : 1) },
  Hostname: { attribute: 'hn', isUnusual: true, value: () => machine },
  IdleTime: { attribute: 'it', value: ({ idleMs }) => whole(idleMs) },
  Connect: { attribute: 'ct', value: ({ connectMs }) => whole(connectMs) },
};

export const jtlColumns: readonly JtlColumn[] = jtlColumnNames.map((name) => {
  const { isUnusual = false, ...form } = forms[name];
  return { name, usual: !isUnusual, ...form };
});

/** Readers reject a whole file for one number that is negative, broken or missing. */
function whole(value: number): number {
  return value > 0 ? Math.round(value) : 0;
}

/** The charset of Content-Type; JMeter's `sampleresult.default.encoding` without one. */
function charsetOf(headers: readonly (readonly [name: string, value: string])[]): string {
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  return /;\s*charset="?([^";\s]+)/i.exec(type)?.[1] ?? 'UTF-8';
}
