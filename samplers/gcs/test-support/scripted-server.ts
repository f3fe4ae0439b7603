import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterTest } from '../../http/test-support/servers.ts';

export interface Asked {
  readonly method: string;
  readonly path: string;
}

export interface ScriptedServer {
  readonly url: string;
  readonly asked: readonly Asked[];
  readonly openSockets: () => number;
}

/** What becomes of a request. Its body is read only by those that ask for it. */
export type Script = (request: IncomingMessage, response: ServerResponse, count: number) => void;

/** A server that does as told; closed after the test. */
export async function scriptedServer(script: Script): Promise<ScriptedServer> {
  const asked: Asked[] = [];
  let open = 0;
  const server = createServer((request, response) => {
    request.on('error', () => undefined);
    const { method = '', url = '' } = request;
    asked.push({ method, path: url });
    script(request, response, asked.length - 1);
  });
  server.on('connection', (socket) => {
    open += 1;
    socket.on('close', () => (open -= 1));
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterTest(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    openSockets: () => open,
  };
}

/** Reads the request to its end, then answers with JSON. */
export function answerJson(status: number, value: unknown, headers: Record<string, string> = {}): Script {
  return (request, response) => {
    request.resume().on('end', () => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(JSON.stringify(value));
    });
  };
}

/** An error as Google's APIs write it. */
export function refusal(status: number, reason: string, message: string): Script {
  return answerJson(status, {
    error: { code: status, message, errors: [{ reason, message, domain: 'global' }] },
  });
}
