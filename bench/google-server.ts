import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { crc32c } from '@node-rs/crc32';

/** A server in a process of its own that answers every request of Google's samplers at once, and tells what it was sent. */
export interface GoogleServer {
  readonly origin: string;
  readonly stop: () => Promise<void>;
}

export async function startGoogleServer(): Promise<GoogleServer> {
  const child = fork(fileURLToPath(import.meta.url), ['serve']);
  const [port] = (await once(child, 'message')) as [number];
  const stop = async () => {
    child.kill();
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  };
  return { origin: `http://127.0.0.1:${port}`, stop };
}

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

const job = {
  kind: 'bigquery#job',
  jobReference: { projectId: 'bench', jobId: 'job', location: 'EU' },
  configuration: { dryRun: true },
  status: { state: 'DONE' },
  statistics: { totalBytesProcessed: '0', query: { totalBytesProcessed: '0', cacheHit: false } },
};
const result = {
  kind: 'bigquery#queryResponse',
  jobComplete: true,
  jobReference: job.jobReference,
  schema: { fields: [{ name: 'n', type: 'INTEGER' }] },
  rows: [{ f: [{ v: '1' }] }],
  ...{ totalRows: '1', cacheHit: false, totalBytesProcessed: '0', totalBytesBilled: '0', totalSlotMs: '1' },
  ...{ creationTime: '1700000000000', startTime: '1700000000001', endTime: '1700000000002' },
};

function serve(): void {
  const sent: Sent[] = [];
  const server = createServer((request, response) => {
    const { method = '', url: path = '', headers } = request;
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      if (path === '/bench/forget') sent.length = 0;
      const body = Buffer.concat(pieces);
      // Only a sampler's first requests are asked for.
      if (!path.startsWith('/bench') && sent.length < 4)
        sent.push({ method, path, headers: own(headers), body: body.toString() });
      answer({ path, body, request, response, sent });
    });
  }).listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
}

const ofTransport: ReadonlySet<string> = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
]);

function own(headers: IncomingMessage['headers']): Record<string, unknown> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !ofTransport.has(name)));
}

interface Asked {
  readonly path: string;
  readonly body: Buffer;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly sent: readonly Sent[];
}

function answer({ path, body, request, response, sent }: Asked): void {
  const location = `http://${request.headers.host ?? ''}/session`;
  response.writeHead(200, { 'content-type': 'application/json', location });
  response.end(JSON.stringify(valueOf(path, body, sent)));
}

function valueOf(path: string, body: Buffer, sent: readonly Sent[]): unknown {
  if (path.startsWith('/bench')) return sent;
  if (/\/queries\b/.test(path)) return result;
  if (/\/jobs\b/.test(path)) return job;
  return { kind: 'storage#object', name: 'object', bucket: 'b', size: '1000', crc32c: sumOf(body) };
}

/** Of the content, which is all `x`, whatever stands around it. */
function sumOf(body: Buffer): string {
  const [content = ''] = /x{1000}/.exec(body.toString()) ?? [];
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32c(content));
  return bytes.toString('base64');
}

if (process.argv[2] === 'serve') serve();
