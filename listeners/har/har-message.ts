import type { Sample, SampleDetail, SentRequest } from '../../engine/model/sample.ts';
import { masked } from '../../engine/model/masked.ts';
import { redactedBytes } from '../redacted-bytes.ts';
import { bodyText } from '../shown-body.ts';
import { givesAccess } from '../access-names.ts';

type Mask = (text: string) => string;
type Pair = readonly [name: string, value: string];

/** The most of a body that the file holds. */
export const harBodyBytes = 1_048_576;

/** `request` of HAR 1.2. */
export function harRequest({ request, requestIsCut }: SampleDetail, mask: Mask): object {
  const { method, url, headers, body } = request ?? nothingSent;
  const shownUrl = mask(url);
  const isPosted = body !== '';
  return {
    method,
    url: shownUrl,
    httpVersion: versionOf(headers),
    cookies: sentCookies(headers),
    headers: shownPairs(headers, mask),
    queryString: queryOf(shownUrl),
    ...(isPosted && {
      postData: {
        mimeType: valueOf(headers, 'content-type'),
        text: mask(body.slice(0, harBodyBytes)),
        ...(requestIsCut && { comment: 'cut off' }),
      },
    }),
    headersSize: -1,
    bodySize: requestIsCut ? -1 : Buffer.byteLength(body),
  };
}

const nothingSent: SentRequest = { method: 'GET', url: '', headers: [], body: '' };

/** `response` of HAR 1.2; without an answer its status is 0 and says why. */
export function harResponse(sample: Sample, detail: SampleDetail, mask: Mask): object {
  const { headers } = detail;
  const status = /^\d{3}$/.test(sample.code) ? Number(sample.code) : 0;
  return {
    status,
    statusText: status === 0 ? mask(sample.failure || sample.message) : mask(sample.message),
    httpVersion: versionOf(headers),
    cookies: setCookies(headers),
    headers: shownPairs(headers, mask),
    content: contentOf(sample, detail, mask),
    redirectURL: mask(valueOf(headers, 'location')),
    headersSize: -1,
    bodySize: -1,
  };
}

/** Text as text, other bytes in Base64; what holds a secret in bytes is left out. */
function contentOf(sample: Sample, detail: SampleDetail, mask: Mask): object {
  const { body, bodyBytes, headers, contentType } = detail;
  const mimeType = contentType ?? valueOf(headers, 'content-type');
  const size = { size: bodyBytes, mimeType: mimeType || 'x-unknown' };
  if (bodyBytes === 0) return size;
  const kept = body.subarray(0, harBodyBytes);
  const cut = kept.length < bodyBytes ? { comment: `the first ${kept.length} bytes` } : {};
  const text = sample.dataType === 'bin' ? null : bodyText({ ...detail, body: kept });
  if (text !== null) return { ...size, text: mask(text), ...cut };
  if (redactedBytes(body, mask, contentType) !== body) return { ...size, comment: 'it holds a secret' };
  return { ...size, text: Buffer.from(kept).toString('base64'), encoding: 'base64', ...cut };
}

function shownPairs(headers: readonly Pair[], mask: Mask): object[] {
  return headers.map(([name, value]) => ({ name, value: givesAccess(name) ? masked : mask(value) }));
}

function valueOf(headers: readonly Pair[], wanted: string): string {
  return headers.find(([name]) => name.toLowerCase() === wanted)?.[1] ?? '';
}

/** HTTP/2 has headers that begin with a colon. */
function versionOf(headers: readonly Pair[]): string {
  return headers.some(([name]) => name.startsWith(':')) ? 'HTTP/2' : 'HTTP/1.1';
}

function queryOf(url: string): object[] {
  const query = /\?([^#]*)/.exec(url)?.[1] ?? '';
  return Array.from(new URLSearchParams(query), ([name, value]) => ({ name, value }));
}

/** Cookies by name; their values give access. */
function sentCookies(headers: readonly Pair[]): object[] {
  return headers.flatMap(([name, value]) =>
    name.toLowerCase() === 'cookie' ? value.split(';').flatMap((pair) => cookie(pair)) : [],
  );
}

function setCookies(headers: readonly Pair[]): object[] {
  return headers.flatMap(([name, value]) =>
    name.toLowerCase() === 'set-cookie' ? cookie(value.split(';', 1)[0] ?? '') : [],
  );
}

function cookie(pair: string): object[] {
  const name = pair.split('=', 1)[0]?.trim() ?? '';
  return name === '' || !pair.includes('=') ? [] : [{ name, value: masked }];
}
