import { readJsonIn } from '../../json/read-json.ts';
import type { Json } from '../../model/json.ts';
import type { Answer } from '../element.ts';

/** An answer for tests: 200 with a body, unless said otherwise. */
export function testAnswer(
  given: {
    readonly text?: string;
    readonly bytes?: Uint8Array;
    readonly json?: Json | undefined;
    readonly headers?: Readonly<Record<string, string>>;
    readonly parts?: readonly Answer[];
    readonly request?: { readonly headers?: Readonly<Record<string, string>>; readonly body?: string };
  } & Partial<Pick<Answer, 'code' | 'message' | 'elapsedMs' | 'url' | 'ok' | 'bytesReceived'>> = {},
): Answer {
  const text = given.text ?? (given.json === undefined ? '' : JSON.stringify(given.json));
  const lines = (headers: Readonly<Record<string, string>> = {}) =>
    Object.entries(headers)
      .map(([name, value]) => `${name}: ${value}\n`)
      .join('');
  const { code = '200', message = 'OK', elapsedMs = 0, url = 'http://127.0.0.1/', ok = true } = given;
  const bytes = given.bytes ?? new TextEncoder().encode(text);
  const bodyBytes = bytes.length;
  return {
    code,
    message,
    elapsedMs,
    url,
    ok,
    bodyBytes,
    bytes: () => bytes,
    bytesReceived: given.bytesReceived ?? bodyBytes,
    text: () => text,
    json: () => readJsonIn(text),
    header: (name) => given.headers?.[name],
    headersText: () => `HTTP/1.1 ${code} ${message}\n${lines(given.headers)}`,
    requestHeadersText: () => lines(given.request?.headers),
    requestText: () => given.request?.body ?? '',
    parts: () => given.parts ?? [],
  };
}
