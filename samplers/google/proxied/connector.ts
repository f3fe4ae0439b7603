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

/** How requests to http:// servers are changed, which are asked for through the proxy itself; null: not at all. */
export function askingAt(proxyFor: ProxyFor, origin: URL): ((options: Asking) => Asking) | null {
  if (origin.protocol !== 'http:') return null;
  const proxy = proxyFor(originOf(origin.protocol, origin.host));
  if (proxy === null) return null;
  const { authorization } = proxy;
  // The whole address, and who we are to the proxy, go with each request. Ours give headers as a mapping.
  const own = authorization === '' ? {} : { 'proxy-authorization': authorization };
  return ({ path, headers }) => ({
    path: `${origin.origin}${path}`,
    headers: Object.assign({}, headers, own),
  });
}

type Asking = Pick<Dispatcher.DispatchOptions, 'path' | 'headers'>;

function originOf(protocol: string, host: string): ProxiedOrigin {
  const secure = protocol === 'https:';
  const { hostname, port } = new URL(`${secure ? 'https' : 'http'}://${host}`);
  return { hostname: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || (secure ? 443 : 80), secure };
}
