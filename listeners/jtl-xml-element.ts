import type { Sample, SampleDetail } from '../engine/model/sample.ts';
import { jtlColumns, type JtlColumnName } from './jtl-columns.ts';
import type { SampleTree } from './sample-tree.ts';
import { bodyText, shownText } from './shown-body.ts';
import { shownHeaders } from './shown-headers.ts';
import { xmlAttribute, xmlText } from './xml-text.ts';

/** When something of a sample is written. */
export type When = 'never' | 'onError' | 'always';

/** What the elements have besides what all have: JMeter's `jmeter.save.saveservice` properties of these names. */
export interface JtlXmlOptions {
  readonly responseData: When;
  readonly responseHeaders: When;
  readonly requestHeaders: When;
  readonly samplerData: When;
  readonly url: boolean;
  readonly hostname: boolean;
  readonly sampleCount: boolean;
  readonly sampleVariables: readonly string[];
  readonly bodyLimit: number;
}

type Redact = (text: string) => string;

/** Whether something is written of a sample. */
export function isDue(when: When, ok: boolean): boolean {
  return when === 'always' || (when === 'onError' && !ok);
}

/**
 * A sample as an element of JMeter's XML JTL, testResults version 1.2, its parts inside it, with its last line break.
 *
 * Names, attributes and their order are those of JMeter's `SampleResultConverter` and `HTTPResultConverter`.
 */
export function jtlXmlElement(tree: SampleTree, options: JtlXmlOptions, redact: Redact, indent = ''): string {
  const { sample, parts } = tree;
  // What has a URL was asked over HTTP, as far as readers are concerned.
  const name = sample.url === null ? 'sample' : 'httpSample';
  const start = `${indent}<${name}${attributes(sample, options, redact)}`;
  const inner = `${indent}  `;
  const content = [
    ...assertionResult(sample, redact, inner),
    ...parts.map((part) => jtlXmlElement(part, options, redact, inner)),
    ...contents(sample, options, redact).map(([key, text]) => textElement(key, text, inner)),
    ...(options.url && sample.url !== null
      ? [`${inner}<java.net.URL>${xmlText(redact(sample.url))}</java.net.URL>\n`]
      : []),
  ].join('');
  return content === '' ? `${start}/>\n` : `${start}>\n${content}${indent}</${name}>\n`;
}

/** In the order in which `SampleResultConverter` writes them. */
const attributeOrder = 't it lt ct ts s lb rc rm tn dt by sby sc ec ng na hn'
  .split(' ')
  .map((attribute) => jtlColumns.find((column) => column.attribute === attribute))
  .filter((column) => column !== undefined);

function attributes(sample: Sample, options: JtlXmlOptions, redact: Redact): string {
  const shown = attributeOrder.filter(({ name }) => isAskedFor(name, options));
  const all = [
    ...shown.map(({ attribute = '', value }) => [attribute, value(sample, redact)] as const),
    ...options.sampleVariables.map((name) => [name, redact(sample.variables?.[name] ?? '')] as const),
  ];
  return all.map(([name, value]) => ` ${name}="${xmlAttribute(String(value))}"`).join('');
}

function isAskedFor(name: JtlColumnName, { sampleCount, hostname }: JtlXmlOptions): boolean {
  if (name === 'SampleCount' || name === 'ErrorCount') return sampleCount;
  return name !== 'Hostname' || hostname;
}

/** JMeter has one for each assertion; we know of the first that failed, and why. */
function assertionResult({ ok, failure }: Sample, redact: Redact, indent: string): string[] {
  if (ok || failure === '') return [];
  const line = (name: string, text: string) => `${indent}  <${name}>${xmlText(text)}</${name}>\n`;
  return [
    `${indent}<assertionResult>\n`,
    line('name', 'Failure'),
    line('failure', 'true'),
    line('error', 'false'),
    line('failureMessage', redact(failure)),
    `${indent}</assertionResult>\n`,
  ];
}

function contents(sample: Sample, options: JtlXmlOptions, redact: Redact): [string, string][] {
  const { detail, ok } = sample;
  if (!detail) return [];
  const { request } = detail;
  const due: [string, string][] = [];
  if (isDue(options.responseHeaders, ok) && detail.headers.length > 0) {
    const status = `HTTP/1.1 ${sample.code} ${redact(sample.message)}`;
    due.push(['responseHeader', lines([status, ...shownHeaders(detail.headers, redact)])]);
  }
  if (isDue(options.requestHeaders, ok) && request) {
    const headers = request.headers.filter(([name]) => !isCookie(name));
    due.push(['requestHeader', lines(shownHeaders(headers, redact))]);
  }
  const data = isDue(options.responseData, ok) ? responseData(sample, detail, options, redact) : null;
  if (data !== null) due.push(['responseData', data]);
  if (isDue(options.samplerData, ok) && request) due.push(...samplerData(detail, request, options, redact));
  return due;
}

/** Texts only, as JMeter does: what is binary does not belong into XML. */
function responseData(
  { dataType }: Sample,
  detail: SampleDetail,
  { bodyLimit: limit }: JtlXmlOptions,
  redact: Redact,
): string | null {
  const isCut = detail.body.length < detail.bodyBytes;
  const text = dataType === 'text' ? bodyText(detail) : null;
  return text === null ? null : shownText(text, { isCut, limit, redact }).text;
}

function samplerData(
  { requestIsCut }: SampleDetail,
  { method, headers, body }: NonNullable<SampleDetail['request']>,
  { bodyLimit: limit }: JtlXmlOptions,
  redact: Redact,
): [string, string][] {
  const cookies = headers.some(([name]) => isCookie(name)) ? '***' : '';
  return [
    ['cookies', cookies],
    ['method', method],
    ['queryString', shownText(body, { isCut: requestIsCut, limit, redact }).text],
  ];
}

function isCookie(name: string): boolean {
  return name.toLowerCase() === 'cookie';
}

function textElement(name: string, text: string, indent: string): string {
  return `${indent}<${name} class="java.lang.String">${xmlText(text)}</${name}>\n`;
}

function lines(texts: readonly string[]): string {
  return texts.map((text) => `${text}\n`).join('');
}
