import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Fault, FaultKind, Faults } from './faults.ts';
import { errorBody } from './google-error.ts';

/**
 * Lets happen what was asked to go wrong with a request. `proceed` answers it as usual: at once, later, or
 * not at all.
 */
export function meetFault(
  faults: Faults,
  request: IncomingMessage,
  response: ServerResponse,
  proceed: () => void,
): void {
  const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
  const kinds: readonly FaultKind[] = path.includes('/upload/storage/') ? beforeContent : all;
  const fault = path.startsWith('/sandbox/') ? undefined : faults.take(request.method ?? 'GET', path, kinds);
  if (fault) happen(fault, request, response, proceed);
  else proceed();
}

const beforeContent = ['status', 'hang', 'delay', 'reset'] as const;
/** An upload to Cloud Storage is cut by that endpoint, which keeps what came until then. */
const all = [...beforeContent, 'resetMidUpload'] as const;

function happen(fault: Fault, request: IncomingMessage, response: ServerResponse, proceed: () => void): void {
  switch (fault.kind) {
    case 'status':
      request.resume();
      response.writeHead(fault.status, { 'content-type': 'application/json; charset=UTF-8' });
      response.end(JSON.stringify(errorBody(fault.status, fault.reason, fault.message)));
      return;
    case 'hang':
      request.resume();
      return;
    case 'delay':
      setTimeout(proceed, fault.delayMs).unref();
      return;
    case 'reset':
      request.socket.resetAndDestroy();
      return;
    case 'resetMidUpload':
      cutAfter(request, fault.afterBytes);
      return;
    case 'wrongChecksum':
    case 'wrongBytes':
      proceed();
  }
}

/** Reads so many bytes of the body, or all of a shorter one, and cuts the connection. */
function cutAfter(request: IncomingMessage, bytes: number): void {
  let received = 0;
  request.on('data', (piece: Buffer) => {
    received += piece.length;
    if (received >= bytes) request.socket.resetAndDestroy();
  });
  request.on('end', () => request.socket.resetAndDestroy());
}
