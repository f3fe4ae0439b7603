import type { Sample, SampleDetail } from '../../engine/model/sample.ts';
import { formatBytes, formatMs } from '../../engine/model/units.ts';
import { shownHeaders } from '../shown-headers.ts';
import { answerBody, bodyLines } from './body-lines.ts';
import type { ToldLine } from './note-lines.ts';

type Mask = (text: string) => string;

/** `✓ List issues  200 OK  34ms`. */
export function headOf(sample: Sample, mask: Mask): ToldLine {
  const { ok, kind, label, phase } = sample;
  const what = kind === 'transaction' ? 'in all ' : kind === 'sub' ? 'part ' : '';
  const aside = phase === 'load' ? '' : `  (${phase})`;
  if (kind === 'cut') return { text: `· ${label}: cut off before its end` };
  const status = statusOf(sample, mask);
  const head = `${ok ? '✓' : '✗'} ${what}${mask(label)}${status && `  ${status}`}  ${formatMs(sample.elapsedMs)}${aside}`;
  return { text: head, mood: ok ? 'good' : 'bad' };
}

/** How JMeter writes the code of a failure without an answer; why it failed says more. */
const noAnswer = 'Non HTTP response code';

/** Rows of several samples have JMeter's sentence for a message, which says nothing more. */
function statusOf({ kind, code, message, failure }: Sample, mask: Mask): string {
  if (kind === 'transaction' || code.startsWith(noAnswer)) return '';
  const isPlain = message !== '' && !failure.includes(message);
  return `${code}${isPlain ? ` ${mask(message)}` : ''}`;
}

/** Why it failed, with what can be done about it. */
export function failureOf(sample: Sample, mask: Mask): ToldLine[] {
  return sample.ok ? [] : [{ text: `! ${mask(sample.failure) || reasonOf(sample)}`, mood: 'bad' }];
}

function reasonOf({ kind, code }: Sample): string {
  if (kind === 'transaction') return 'a sample in it failed';
  const isStatus = /^[1-5]\d\d$/.test(code);
  return isStatus
    ? `${code} is no success without expect. Where it is what you want, write expect: ${code} beside the step`
    : `it failed with ${code}`;
}

/** `connected after 2ms, first byte after 30ms, 512B sent, 2KB received`. */
export function timesOf({ connectMs, latencyMs, bytesSent, bytesReceived }: Sample): ToldLine[] {
  const parts = [
    ...(connectMs > 0 ? [`connected after ${formatMs(connectMs)}`] : []),
    ...(latencyMs > 0 ? [`first byte after ${formatMs(latencyMs)}`] : []),
    ...(bytesSent > 0 ? [`${formatBytes(bytesSent)} sent`] : []),
    ...(bytesReceived > 0 ? [`${formatBytes(bytesReceived)} received`] : []),
  ];
  return parts.length === 0 ? [] : [{ text: parts.join(', ') }];
}

/** What was sent, each line after `>`. */
export function requestOf({ request, requestIsCut }: SampleDetail, mask: Mask): string[] {
  if (!request) return [];
  const { method, url, headers, body } = request;
  const content =
    body === '' ? [] : bodyLines(body, { mask, isCut: requestIsCut, bytes: Buffer.byteLength(body) });
  return [
    `> ${method} ${mask(url)}`,
    ...shownHeaders(headers, mask).map((line) => `> ${line}`),
    ...(content.length > 0 ? ['>', ...content.map((line) => `> ${line}`)] : []),
  ];
}

/** What came back, each line after `<`. */
export function answerOf(sample: Sample, detail: SampleDetail, mask: Mask): string[] {
  const { headers, bodyBytes } = detail;
  if (headers.length === 0 && bodyBytes === 0) return [];
  const content = answerBody(sample, detail, mask);
  return [
    `< ${sample.code} ${mask(sample.message)}`,
    ...shownHeaders(headers, mask).map((line) => `< ${line}`),
    ...(content.length > 0 ? ['<', ...content.map((line) => `< ${line}`)] : []),
  ];
}
