import type { Socket } from 'node:net';
import { buildConnector, type Dispatcher } from 'undici';
import type { ProxiedOrigin, ProxyFor } from '../../http/environment-proxies.ts';
import { openSocket } from '../../http/open-socket.ts';
import type { Proxy } from '../../http/proxy.ts';

/** How long a connection may take to stand. */
export const connectTimeoutMs = 30_000;

/** How undici opens connections: directly, or through the proxy that is on the way, as the sampler `http` does. */
export function connectorFor(proxyFor: ProxyFor): buildConnector.connector {
  const directly = buildConnector({ timeout: connectTimeoutMs });
  return (options, done) => {
    const origin = originOf(options.protocol, options.host ?? options.hostname);
    const proxy = proxyFor(origin);
    if (proxy === null) directly(options, done);
    else
      openThrough(
        { origin, proxy, tunnels: false },
        (socket) => done(null, socket),
        (error) => done(error, null),
      );
  };
}

interface Way {
  readonly origin: ProxiedOrigin;
  readonly proxy: Proxy;
  /** To http:// servers, too. */
  readonly tunnels: boolean;
}

/** One of both is called, once. */
export function openThrough(
  { origin, proxy, tunnels }: Way,
  ready: (socket: Socket) => void,
  failed: (error: Error) => void,
): void {
  const ended = () => {
    opening.destroy();
    settle(() => failed(new Error(`no connection within ${connectTimeoutMs / 1000}s`)));
  };
  const timer = setTimeout(ended, connectTimeoutMs).unref();
  let isSettled = false;
  const settle = (act: () => void) => {
    clearTimeout(timer);
    if (!isSettled) act();
    isSettled = true;
  };
  const opening = openSocket(
    {
      ...origin,
      servername: origin.hostname,
      insecure: false,
      protocols: ['http/1.1'],
      secureContext: undefined,
      proxy,
      tunnels,
      lookup: undefined,
      localAddress: undefined,
    },
    {
      tunnelling: () => undefined,
      handshaking: () => undefined,
      ready: (socket) => settle(() => ready(socket)),
      failed: (error) => settle(() => failed(error)),
    },
  );
}

/** http:// servers are asked for through the proxy itself: their whole address, and who we are to the proxy, go with each request. */
export function asking(
  proxyFor: ProxyFor,
  options: Dispatcher.DispatchOptions,
  origin: URL,
): Dispatcher.DispatchOptions {
  if (origin.protocol !== 'http:') return options;
  const proxy = proxyFor(originOf(origin.protocol, origin.host));
  if (proxy === null) return options;
  const { authorization } = proxy;
  return {
    ...options,
    path: `${origin.origin}${options.path}`,
    ...(authorization !== '' && {
      // Our requests give them as a mapping.
      headers: Object.assign({}, options.headers, { 'proxy-authorization': authorization }),
    }),
  };
}

function originOf(protocol: string, host: string): ProxiedOrigin {
  const secure = protocol === 'https:';
  const { hostname, port } = new URL(`${secure ? 'https' : 'http'}://${host}`);
  return { hostname: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || (secure ? 443 : 80), secure };
}
