import { nameInJtl } from '../engine/model/sample-phase.ts';
import type { Sample, SampleDetail } from '../engine/model/sample.ts';
import { redactedBytes } from './redacted-bytes.ts';
import { bodyText, shownText } from './shown-body.ts';
import { shownHeaders } from './shown-headers.ts';
import { visibleText } from './visible-text.ts';

interface Shown {
  /** Bytes of a body. */
  readonly limit: number;
  readonly redact: (text: string) => string;
}

/**
 * A failed sample for a person to read: why it failed, what was sent, what came back.
 *
 * Secrets, and headers that give access, are `***`. Control characters are shown as `\x1b`, so that no server can
 * talk to the terminal of who reads it.
 */
export function failureText(
  sample: Sample,
  { detail }: { readonly detail: SampleDetail },
  shown: Shown,
): string {
  const { redact } = shown;
  const message = redact(sample.message);
  return [
    `${visibleText(sample.label)}: ${visibleText(redact(sample.failure) || `${sample.code} ${message}`)}`,
    '',
    `started  ${new Date(sample.startEpochMs).toISOString()}`,
    `thread   ${visibleText(nameInJtl(sample))}`,
    `took     ${ms(sample.elapsedMs)}; first byte after ${ms(sample.latencyMs)}, connected after ${ms(sample.connectMs)}`,
    `bytes    ${sample.bytesSent} sent, ${sample.bytesReceived} received`,
    ...tags(sample),
    '',
    ...request(detail, shown),
    '',
    ...answer(sample, detail, shown),
    '',
  ].join('\n');
}

function tags({ tags: all }: Sample): string[] {
  const pairs = Object.entries(all).map(([name, value]) => `${name}=${value}`);
  return pairs.length === 0 ? [] : [`tags     ${visibleText(pairs.join(', '))}`];
}

function request({ request: sent, requestIsCut }: SampleDetail, shown: Shown): string[] {
  if (!sent) return ['======== request', '(nothing was sent, or the sampler does not tell)'];
  const { text, isCut } = shownText(sent.body, { ...shown, isCut: requestIsCut });
  return [
    `======== request${isCut ? `, its body cut off after ${text.length} characters` : ''}`,
    visibleText(`${sent.method} ${shown.redact(sent.url)}`),
    ...shownHeaders(sent.headers, shown.redact).map(visibleText),
    '',
    visibleLines(text),
  ];
}

function answer(sample: Sample, detail: SampleDetail, shown: Shown): string[] {
  const { headers, body, bodyBytes } = detail;
  const status = visibleText(`${sample.code} ${shown.redact(sample.message)}`);
  if (headers.length === 0 && bodyBytes === 0) return ['======== answer', status];
  const isCut = body.length < bodyBytes;
  const text = sample.dataType === 'bin' ? null : bodyText(detail);
  const [how, content] = text === null ? binary(detail, shown) : ofText(text, isCut, shown);
  return [
    `======== answer, its body of ${bodyBytes} bytes ${how}`,
    status,
    ...shownHeaders(headers, shown.redact).map(visibleText),
    '',
    content,
  ];
}

function ofText(whole: string, isCut: boolean, shown: Shown): [how: string, content: string] {
  const part = shownText(whole, { ...shown, isCut });
  return [part.isCut ? `cut off after ${part.text.length} characters` : 'whole', visibleLines(part.text)];
}

/** Base64 would hide a secret from the eye and not from a program. */
function binary(
  { body, contentType }: SampleDetail,
  { limit, redact }: Shown,
): [how: string, content: string] {
  if (redactedBytes(body, redact, contentType) !== body)
    return ['left out: it is binary and holds a secret', ''];
  const shown = Buffer.from(body.subarray(0, limit)).toString('base64');
  const how = body.length > limit ? `in base64, cut off after ${limit} bytes` : 'in base64';
  return [how, shown.replaceAll(/(.{76})/g, '$1\n')];
}

function visibleLines(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll(/[^\n\t]+/g, visibleText);
}

function ms(durationMs: number): string {
  return `${Math.round(durationMs)} ms`;
}
