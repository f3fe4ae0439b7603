import { once } from 'node:events';
import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer } from 'node:net';
import { afterEach } from 'vitest';

/** A server that speaks raw TCP, on a free port of 127.0.0.1; closed after the test. */
export interface RawServer {
  readonly url: string;
  readonly port: number;
  /** All bytes received, over all connections. */
  readonly received: () => string;
  readonly bytesReceived: () => number;
  readonly connections: () => number;
  readonly openSockets: ReadonlySet<Socket>;
}

/** Called once for each request head (and whatever body came with it). */
export type Reply = (socket: Socket, request: string, count: number) => void;

const closing: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

export function afterTest(close: () => Promise<void> | void): void {
  closing.push(close);
}

export async function rawServer(reply: Reply): Promise<RawServer> {
  const chunks: Buffer[] = [];
  const open = new Set<Socket>();
  let connections = 0;
  let requests = 0;
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    connections++;
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => undefined);
    socket.on('end', () => socket.end());
    socket.on('data', (chunk) => {
      chunks.push(chunk);
      const text = chunk.toString('latin1');
      if (/^[A-Z]+ \S+ HTTP\/1\.1\r\n/.test(text)) reply(socket, text, requests++);
    });
  });
  await listen(server);
  closing.push(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    received: () => Buffer.concat(chunks).toString('latin1'),
    bytesReceived: () => Buffer.concat(chunks).length,
    connections: () => connections,
    openSockets: open,
  };
}

/** Answers each request with the same text. */
export function textServer(text: string): Promise<RawServer> {
  return rawServer((socket) => socket.write(text, 'latin1'));
}

export async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** A whole answer with the given body. */
export function ok(body = '', headers = ''): string {
  return `HTTP/1.1 200 OK\r\n${headers}Content-Length: ${body.length}\r\n\r\n${body}`;
}
