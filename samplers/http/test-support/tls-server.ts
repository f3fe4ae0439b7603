import type { Socket } from 'node:net';
import type { TlsOptions, TLSSocket } from 'node:tls';
import { createServer } from 'node:tls';
import { afterTest, listen, ok } from './servers.ts';

/** A server that speaks HTTP over TLS and answers each request with what it makes of the connection. */
export async function tlsServer(
  options: TlsOptions,
  body: (socket: TLSSocket) => string = () => 'secret',
): Promise<number> {
  const sockets: Socket[] = [];
  const server = createServer(options, (socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    socket.on('data', () => socket.write(ok(body(socket))));
  });
  server.on('tlsClientError', () => undefined);
  afterTest(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return listen(server);
}
