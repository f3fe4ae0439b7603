import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

export interface Asked {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** What it does with a request: answers JSON with a status, never answers, or resets the connection before or in the answer. */
export type Reply =
  | 'hang'
  | 'reset'
  | 'reset in body'
  | { readonly status?: number; readonly json?: unknown; readonly text?: string; readonly afterMs?: number };

/** A server that speaks like BigQuery as far as it is told, and remembers what it was asked. */
export class ToldServer {
  readonly asked: Asked[] = [];
  connections = 0;
  readonly #server: Server;

  private constructor(reply: (asked: Asked) => Reply) {
    this.#server = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (text: string) => (body += text));
      request.on('error', () => undefined);
      request.on('end', () => {
        const { method = '', headers } = request;
        const asked = { method, url: new URL(request.url ?? '/', 'http://told'), headers, body };
        this.asked.push(asked);
        answer(reply(asked), response);
      });
    });
    this.#server.on('connection', () => (this.connections += 1));
  }

  static async start(reply: (asked: Asked) => Reply): Promise<ToldServer> {
    const server = new ToldServer(reply);
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** What was asked, as `POST /queries`, without what comes before. */
  get paths(): string[] {
    return this.asked.map(
      ({ method, url }) => `${method} ${url.pathname.replace(/^.*\/projects\/[^/]+/, '')}`,
    );
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

function answer(reply: Reply, response: ServerResponse): void {
  if (reply === 'hang') return;
  if (reply === 'reset') {
    response.socket?.resetAndDestroy();
    return;
  }
  if (reply === 'reset in body') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1000 });
    response.write('{"jobComplete"');
    setTimeout(() => response.socket?.resetAndDestroy(), 20);
    return;
  }
  const { status = 200, json, text = JSON.stringify(json), afterMs = 0 } = reply;
  setTimeout(() => {
    if (status === 204) return void response.writeHead(204).end();
    const body = gzipSync(text);
    response.writeHead(status, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
    response.end(body);
  }, afterMs);
}

/** An error as Google's APIs write it. */
export function apiError(status: number, reason: string, message: string): Reply {
  return {
    status,
    json: { error: { code: status, message, errors: [{ reason, message, domain: 'global' }] } },
  };
}

/** The answer to a query, of one column `n`. */
export function queryAnswer(values: readonly number[], more: object = {}): Reply {
  return {
    json: {
      jobComplete: true,
      jobReference: { projectId: 'test-project', jobId: 'job-1', location: 'EU' },
      schema: { fields: [{ name: 'n', type: 'INTEGER' }] },
      rows: values.map((value) => ({ f: [{ v: String(value) }] })),
      totalRows: String(values.length),
      ...more,
    },
  };
}
