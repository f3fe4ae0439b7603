import type { LookupFunction, Socket } from 'node:net';
import { connect as connectTcp, isIP } from 'node:net';
import type { SecureContext } from 'node:tls';
import { connect as connectTls } from 'node:tls';
import type { Proxy } from './proxy.ts';
import { TransportError } from './transport-error.ts';
import { openTunnel } from './tunnel.ts';

export interface SocketOptions {
  readonly hostname: string;
  readonly port: number;
  readonly secure: boolean;
  /** For SNI and the certificate's name. */
  readonly servername: string;
  readonly insecure: boolean;
  /** What TLS is to negotiate: `h2`, `http/1.1`. */
  readonly protocols: readonly string[];
  readonly secureContext: SecureContext | undefined;
  readonly proxy: Proxy | null;
  /** The proxy is asked for a tunnel to http:// servers, too. */
  readonly tunnels?: boolean;
  /** Undefined: the system's. */
  readonly lookup: LookupFunction | undefined;
  /** The IP address of this machine to come from. Undefined: any. */
  readonly localAddress: string | undefined;
}

export interface SocketEvents {
  /** The proxy is reached and asked for a tunnel. */
  tunnelling(): void;
  /** TCP, or the tunnel, stands; the TLS handshake begins. */
  handshaking(): void;
  ready(socket: Socket): void;
  failed(error: Error): void;
}

/** A connection that is being opened. */
export interface Opening {
  /** Gives up; also ends the connection once it stands. */
  destroy(): unknown;
}

/** Opens one connection. It is returned at once, so that a deadline can end the attempt. */
export function openSocket(options: SocketOptions, events: SocketEvents): Opening {
  return options.proxy === null ? openDirectly(options, events) : openThrough(options.proxy, options, events);
}

function openDirectly(options: SocketOptions, events: SocketEvents): Socket {
  const socket = options.secure ? openTls(options) : connectTcp(addressOf(options));
  if (options.secure) socket.once('connect', () => events.handshaking());
  return watch(socket, options.secure, events);
}

/** http:// servers are asked for through the proxy itself, https:// servers through a tunnel. */
function openThrough(proxy: Proxy, options: SocketOptions, events: SocketEvents): Opening {
  const { hostname, port, secure: proxySecure } = proxy;
  const toProxy = { ...options, hostname, port, servername: hostname, protocols: ['http/1.1'] };
  let isReached = false;
  let inner: Socket | undefined;
  const socket = proxySecure ? openTls(toProxy) : connectTcp(addressOf(toProxy));
  const dig = () => {
    events.tunnelling();
    openTunnel(socket, { authorization: proxy.authorization, host: hostAndPort(options) }, (error) => {
      if (error === null) {
        if (!options.secure) {
          events.ready(socket);
          socket.resume();
          return;
        }
        events.handshaking();
        inner = watch(openTls(options, socket), true, events);
      } else events.failed(error);
    });
  };
  watch(socket, proxySecure, {
    ...events,
    ready: () => {
      isReached = true;
      if (options.secure || options.tunnels) dig();
      else events.ready(socket);
    },
    failed: (error) =>
      events.failed(isReached ? error : new TransportError('proxy.unreachable', error.message)),
  });
  return {
    destroy: () => {
      inner?.destroy();
      socket.destroy();
    },
  };
}

function watch(socket: Socket, secure: boolean, events: Pick<SocketEvents, 'ready' | 'failed'>): Socket {
  socket.setNoDelay(true);
  socket.setKeepAlive(true, 60_000);
  socket.once(secure ? 'secureConnect' : 'connect', () => events.ready(socket));
  // Stays for good: an error after the connection was given up must not end the process.
  socket.on('error', (error) => events.failed(error));
  return socket;
}

/** Every TLS connection makes a full handshake, as a new user's would: no session is resumed. */
function openTls(options: SocketOptions, tunnel?: Socket): Socket {
  const { servername, insecure, secureContext, protocols } = options;
  return connectTls({
    ...(tunnel === undefined ? addressOf(options) : { socket: tunnel, host: options.hostname }),
    servername: isIP(servername) === 0 ? servername : '',
    rejectUnauthorized: !insecure,
    ...(secureContext === undefined ? {} : { secureContext }),
    ALPNProtocols: [...protocols],
  });
}

function addressOf({ hostname, port, lookup, localAddress, secure }: SocketOptions) {
  return {
    host: hostname,
    port,
    // Node's types do not know highWaterMark here; with less, bodies over 16 KiB pause the socket.
    ...(secure ? {} : { highWaterMark: 65_536 }),
    ...(lookup === undefined ? {} : { lookup }),
    ...(localAddress === undefined ? {} : { localAddress, family: isIP(localAddress) }),
  };
}

function hostAndPort({ hostname, port }: SocketOptions): string {
  return isIP(hostname) === 6 ? `[${hostname}]:${port}` : `${hostname}:${port}`;
}
