import { createServer, request as ask } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { afterTest, listen } from './servers.ts';

export interface TestProxy {
  readonly port: number;
  /** `GET http://…` and `CONNECT …`, with the credentials that came: one for each request to the proxy. */
  readonly asked: string[];
}

/** A proxy that goes to 127.0.0.1 whatever the name; closed after the test. */
export async function proxyServer(
  options: { readonly tls?: { key: Buffer; cert: Buffer }; readonly credentials?: string } = {},
): Promise<TestProxy> {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const server: Server = options.tls ? createSecureServer(options.tls) : createServer();
  const admits = (request: IncomingMessage): boolean => {
    const given = Buffer.from((request.headers['proxy-authorization'] ?? '').slice(6), 'base64').toString();
    asked.push(`${request.method} ${request.url}${given && ` as ${given}`}`);
    return options.credentials === undefined || given === options.credentials;
  };
  server.on('connection', (socket: Socket) => sockets.add(socket.on('error', () => undefined)));
  server.on('request', (request, response) => {
    if (!admits(request)) return response.writeHead(407).end();
    const { port, pathname, search } = new URL(request.url ?? '');
    const path = pathname + search;
    const onward = ask({
      port,
      host: '127.0.0.1',
      path,
      method: request.method ?? 'GET',
      headers: request.headers,
    });
    onward.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 0, answer.headers);
      answer.pipe(response);
    });
    return request.pipe(onward);
  });
  server.on('connect', (request, socket: Socket) => {
    if (!admits(request)) return socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
    const port = Number(/:(\d+)$/.exec(request.url ?? '')?.[1]);
    const onward = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.pipe(onward).pipe(socket);
    });
    sockets.add(onward);
    return onward.on('error', () => socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'));
  });
  const port = await listen(server);
  afterTest(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { port, asked };
}
