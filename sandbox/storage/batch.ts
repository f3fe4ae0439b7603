import { request as begin } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { refuse } from './exchange.ts';
import { boundaryOf } from './multipart.ts';
import { invalid, notHere } from './storage-error.ts';

const bodyLimitBytes = 10_485_760;
const mostCalls = 100;

/** The one path of batches. */
export const batchPath = '/batch/storage/v1';

/** A request within a batch. */
interface Call {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Several calls of the JSON API in one `multipart/mixed` request, each answered as if it had come alone, one after
 * another. No uploads and downloads. https://cloud.google.com/storage/docs/batch
 */
export function answerBatch(request: IncomingMessage, response: ServerResponse): true {
  void answer(request, response);
  return true;
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    if (request.method !== 'POST') throw invalid('A batch is sent by POST.');
    const boundary = boundaryOf(request.headers['content-type'] ?? '');
    const calls = callsIn(await textOf(request), boundary);
    const parts: string[] = [];
    for (const call of calls) parts.push(await answerOf(call, request));
    const body = `--batch_of_it\r\n${parts.join('\r\n--batch_of_it\r\n')}\r\n--batch_of_it--\r\n`;
    response.writeHead(200, {
      'content-type': 'multipart/mixed; boundary=batch_of_it',
      'content-length': Buffer.byteLength(body),
    });
    response.end(body);
  } catch (problem) {
    refuse({ request, response }, problem);
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of request.iterator({ destroyOnReturn: false })) {
    if (!(piece instanceof Uint8Array)) continue;
    bytes += piece.length;
    if (bytes > bodyLimitBytes) throw invalid('A batch may have 10 MiB.');
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString();
}

function callsIn(text: string, boundary: string): readonly Call[] {
  const [, ...parts] = `\n${text}`.replaceAll('\r\n', '\n').split(`\n--${boundary}`);
  if (parts.pop()?.startsWith('--') !== true) throw invalid('Missing end boundary in multipart body.');
  if (parts.length === 0 || parts.length > mostCalls)
    throw invalid(`A batch has 1 to ${mostCalls} calls, this one has ${parts.length}.`);
  return parts.map(callIn);
}

/** A part: its own headers, then a request with its line, headers and body. */
function callIn(part: string): Call {
  const [outer = '', head = '', ...body] = part.replace(/^[^\n]*\n/, '').split('\n\n');
  const [line = '', ...headers] = head.split('\n');
  const [method = '', url = ''] = line.split(' ');
  const path = url.replace(/^https?:\/\/[^/]*/, '');
  if (
    !/^application\/http\b/i.test(headersOf(outer.split('\n'))['content-type'] ?? '') ||
    !path.startsWith('/')
  )
    throw invalid('Each part of a batch is of type application/http, and has a request.');
  if (!/^(\/storage\/v1)?\/b(?:[/?]|$)/.test(path) || /[?&]alt=media\b/.test(path))
    throw notHere(
      `A batch cannot have ${method} ${path}: it takes calls below /storage/v1/b, without uploads and downloads.`,
    );
  const { 'content-id': id = '' } = headersOf(outer.split('\n'));
  return { id, method, path, headers: headersOf(headers), body: body.join('\n\n') };
}

function headersOf(lines: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    lines.flatMap((line): [string, string][] => {
      const at = line.indexOf(':');
      return at < 0 ? [] : [[line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim()]];
    }),
  );
}

const ofConnection = new Set(['host', 'content-length', 'connection', 'transfer-encoding']);

/** Sends the call to this very server, so that it meets all that a request meets, and writes its answer as a part. */
function answerOf(call: Call, { socket, headers }: IncomingMessage): Promise<string> {
  const own = Object.entries(call.headers).filter(([name]) => !ofConnection.has(name));
  const body = Buffer.from(call.body);
  return new Promise((resolve, reject) => {
    const sent = begin({
      host: socket.localAddress,
      port: socket.localPort,
      method: call.method,
      path: call.path,
      agent: false,
      headers: { ...Object.fromEntries(own), host: headers.host, 'content-length': body.length },
    });
    sent.once('error', reject);
    sent.once('response', (reply) => {
      textOf(reply).then((text) => resolve(partOf(call, reply, text)), reject);
    });
    sent.end(body);
  });
}

function partOf(
  { id }: Call,
  { statusCode = 0, statusMessage = '', headers }: IncomingMessage,
  text: string,
): string {
  const responseId = id === '' ? [] : [`Content-ID: ${id.replace(/^<?/, '<response-').replace(/>?$/, '>')}`];
  const type = headers['content-type'];
  const { etag } = headers;
  return [
    'Content-Type: application/http',
    ...responseId,
    '',
    `HTTP/1.1 ${statusCode} ${statusMessage}`,
    ...(type === undefined ? [] : [`Content-Type: ${type}`]),
    ...(etag === undefined ? [] : [`ETag: ${etag}`]),
    `Content-Length: ${Buffer.byteLength(text)}`,
    '',
    text,
  ].join('\r\n');
}
