import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Socket } from 'node:net';
import { isThisMachine } from '../../http/no-proxy.ts';
import type { ProxiedOrigin, ProxyFor } from '../../http/environment-proxies.ts';
import type { Proxy } from '../../http/proxy.ts';
import { openThrough } from './connector.ts';

/** Where a machine of Google's asks itself: it never leaves the machine's network. */
const metadataHosts: ReadonlySet<string> = new Set([
  '169.254.169.254',
  'metadata.google.internal',
  'metadata',
]);

type Opened = (error: Error | null, socket?: Socket) => void;

/**
 * How google-auth-library reaches token servers: it would ask the environment itself, by other rules (no networks in NO_PROXY, one
 * proxy for all, this machine included), and would not know of `--no-proxy-env`.
 */
export function tokenAgents(
  proxyFor: ProxyFor,
  environment: NodeJS.ProcessEnv,
): (url: URL) => HttpAgent | HttpsAgent {
  const own = environment['GCE_METADATA_HOST'] ?? environment['GCE_METADATA_IP'] ?? '';
  return ({ protocol, hostname: written, port }) => {
    const secure = protocol === 'https:';
    const hostname = written.replace(/^\[|\]$/g, '');
    const origin = { hostname, port: Number(port) || (secure ? 443 : 80), secure };
    const isOwn = metadataHosts.has(hostname) || isThisMachine(hostname) || own.split(':', 1)[0] === hostname;
    const proxy = isOwn ? null : proxyFor(origin);
    if (proxy === null) return secure ? new HttpsAgent() : new HttpAgent();
    const createConnection = (_: unknown, opened: Opened) => {
      openTunnelled({ origin, proxy }, opened);
    };
    return Object.assign(secure ? new HttpsAgent() : new HttpAgent(), { createConnection });
  };
}

function openTunnelled(way: { readonly origin: ProxiedOrigin; readonly proxy: Proxy }, opened: Opened): void {
  openThrough(
    { ...way, tunnels: true },
    (socket) => opened(null, socket),
    (error) => opened(error),
  );
}
