import type { Socket } from 'node:net';
import { TransportError } from './transport-error.ts';

/** What a proxy may say before the tunnel is open. */
const MAX_HEAD_BYTES = 65_536;

/**
 * Asks a proxy for a tunnel to `host` (RFC 9110 §9.3.6); `done` is called once, with an error or when the tunnel is
 * open. `host` is the server's name and port, `api.example.com:443`; `authorization` is empty without credentials.
 */
export function openTunnel(
  socket: Socket,
  { authorization, host }: { readonly authorization: string; readonly host: string },
  done: (error: TransportError | null) => void,
): void {
  let head = Buffer.alloc(0);
  const settle = (error: TransportError | null) => {
    socket.off('data', read).off('end', ended);
    done(error);
  };
  const ended = () => settle(new TransportError('proxy.closed', 'the proxy closed the connection'));
  const read = (chunk: Buffer) => {
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end < 0 && head.length <= MAX_HEAD_BYTES) return;
    const error = refusal(end < 0 ? '' : head.toString('latin1', 0, head.indexOf('\r\n')));
    socket.pause();
    if (error === null && end + 4 < head.length) socket.unshift(head.subarray(end + 4));
    settle(error);
  };
  socket.on('data', read).on('end', ended);
  const credentials = authorization && `proxy-authorization: ${authorization}\r\n`;
  socket.write(`CONNECT ${host} HTTP/1.1\r\nhost: ${host}\r\n${credentials}\r\n`);
}

/** Null when the status line opens the tunnel. */
function refusal(statusLine: string): TransportError | null {
  const status = Number(/^HTTP\/1\.[01] (\d{3})(?: |$)/.exec(statusLine)?.[1]);
  if (status >= 200 && status < 300) return null;
  if (Number.isNaN(status)) {
    return new TransportError('proxy.protocol', 'the proxy did not answer in HTTP');
  }
  const cause = status === 407 ? 'proxy.auth_required' : 'proxy.refused';
  return new TransportError(cause, statusLine);
}
