import type { Socket } from 'node:net';
import { connect as connectTcp, isIP } from 'node:net';
import type { SecureContext } from 'node:tls';
import { connect as connectTls, createSecureContext } from 'node:tls';

export interface SocketOptions {
  readonly hostname: string;
  /** Empty: the scheme's own. */
  readonly port: string;
  readonly secure: boolean;
  /** For SNI and the certificate's name, when the Host header names another host. */
  readonly servername: string | undefined;
  readonly insecure: boolean;
}

export interface SocketEvents {
  /** TCP stands; the TLS handshake begins. */
  handshaking(): void;
  ready(socket: Socket): void;
  failed(error: Error): void;
}

/**
 * Opens one connection. The socket is returned at once, so that a deadline can end the attempt.
 *
 * Every TLS connection makes a full handshake, as a new user's would: no session is resumed. The trusted
 * certificates are loaded once.
 */
export function openSocket(options: SocketOptions, events: SocketEvents): Socket {
  const { hostname, secure } = options;
  const port = Number(options.port) || (secure ? 443 : 80);
  // Node's types do not know highWaterMark here; with less, bodies over 16 KiB pause the socket.
  const address = { host: hostname, port, highWaterMark: 65_536 };
  const socket = secure ? openTls(options, port, events) : connectTcp(address);
  socket.setNoDelay(true);
  socket.setKeepAlive(true, 60_000);
  socket.once(secure ? 'secureConnect' : 'connect', () => events.ready(socket));
  // Stays for good: an error after the connection was given up must not end the process.
  socket.on('error', (error) => events.failed(error));
  return socket;
}

let trusted: SecureContext | undefined;

function openTls(options: SocketOptions, port: number, events: SocketEvents): Socket {
  const { hostname, servername, insecure } = options;
  const name = servername ?? hostname;
  const socket = connectTls({
    host: hostname,
    port,
    servername: isIP(name) === 0 ? name : '',
    rejectUnauthorized: !insecure,
    secureContext: (trusted ??= createSecureContext()),
    ALPNProtocols: ['http/1.1'],
  });
  socket.once('connect', () => events.handshaking());
  return socket;
}
