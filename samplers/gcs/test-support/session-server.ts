import type { IncomingMessage, ServerResponse } from 'node:http';
import { Crc32c } from '../../../engine/checksum/crc32c.ts';
import { answerJson, scriptedServer, type ScriptedServer } from './scripted-server.ts';

/** What becomes of a PUT to a session. Without one, it is taken as the service takes it. */
export interface Fate {
  /** Refused, and nothing of it kept. */
  readonly status?: number;
  /** The session is forgotten, with this status. */
  readonly gone?: 404 | 410;
  /** So many of its bytes are kept, then the connection is reset. */
  readonly resetAfter?: number;
  /** So many of its bytes are kept, and told by 308. */
  readonly keeps?: number;
  /** What is told instead. */
  readonly range?: string;
  /** It is taken, and the connection is reset instead of an answer. */
  readonly isLost?: boolean;
}

export interface SessionServer extends ScriptedServer {
  /** The object, once it is whole. */
  readonly object: () => Buffer | null;
  /** `Content-Range` of each PUT. */
  readonly ranges: readonly string[];
}

/** Resumable uploads whose PUTs, in order, meet what the fates say; `undefined` in the list: nothing in particular. */
export async function sessionServer(fates: readonly (Fate | undefined)[]): Promise<SessionServer> {
  const sessions = new FatefulSessions(fates);
  const server = await scriptedServer((request, response, count) => {
    if (request.method === 'PUT') {
      sessions.put(request, response);
      return;
    }
    const location = `http://${request.headers.host ?? ''}/session-${sessions.session}`;
    answerJson(200, {}, { location })(request, response, count);
  });
  return { ...server, ranges: sessions.ranges, object: () => sessions.object };
}

class FatefulSessions {
  readonly ranges: string[] = [];
  session = 0;
  object: Buffer | null = null;
  #kept: Buffer = Buffer.alloc(0);
  readonly #fates: readonly (Fate | undefined)[];

  constructor(fates: readonly (Fate | undefined)[]) {
    this.#fates = fates;
  }

  put(request: IncomingMessage, response: ServerResponse): void {
    const fate = this.#fates[this.ranges.length] ?? {};
    const range = String(request.headers['content-range']);
    this.ranges.push(range);
    const start = /^bytes (\d+)-/.exec(range)?.[1];
    const before = start === undefined ? this.#kept : this.#kept.subarray(0, Number(start));
    const pieces: Buffer[] = [];
    const keep = (bytes = Infinity) => {
      const content = Buffer.concat(pieces);
      this.#kept = Buffer.concat([before, content.subarray(0, Math.min(bytes, content.length))]);
    };
    request.on('data', (piece: Buffer) => {
      pieces.push(piece);
      const { resetAfter = Infinity } = fate;
      if (pieces.reduce((sum, { length }) => sum + length, 0) < resetAfter) return;
      keep(resetAfter);
      request.socket.resetAndDestroy();
    });
    request.on('end', () => {
      if (this.#refused(fate, request, response)) return;
      keep(fate.keeps);
      this.#taken(fate, { range, request, response });
    });
  }

  #refused(
    { resetAfter, gone, status }: Fate,
    { url, socket }: IncomingMessage,
    response: ServerResponse,
  ): boolean {
    if (resetAfter !== undefined) {
      socket.resetAndDestroy();
      return true;
    }
    const isUnknown = url?.endsWith(`/session-${this.session}`) !== true;
    const code = isUnknown ? 404 : (gone ?? status);
    if (code === undefined) return false;
    if (gone !== undefined) {
      this.session += 1;
      this.#kept = Buffer.alloc(0);
    }
    refuse(code, response);
    return true;
  }

  #taken(
    { keeps, range: told, isLost = false }: Fate,
    {
      range,
      request,
      response,
    }: { readonly range: string; readonly request: IncomingMessage; readonly response: ServerResponse },
  ): void {
    const isLast = range.endsWith('-*/*') || range.endsWith(`/${this.#kept.length}`);
    if (keeps === undefined && isLast) this.object = this.#kept;
    if (isLost) {
      request.socket.resetAndDestroy();
    } else if (this.object === null) {
      const there = this.#kept.length === 0 ? {} : { range: `bytes=0-${this.#kept.length - 1}` };
      response.writeHead(308, told === undefined ? there : { range: told }).end();
    } else answerObject(response, this.object);
  }
}

function refuse(status: number, response: ServerResponse): void {
  const reason = status >= 500 ? 'backendError' : 'notFound';
  const error = { code: status, message: 'Not now.', errors: [{ reason, message: 'Not now.' }] };
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ error }));
}

function answerObject(response: ServerResponse, content: Buffer): void {
  const sum = new Crc32c();
  sum.update(content);
  const told = { name: 'x', size: String(content.length), crc32c: sum.base64(), generation: '1' };
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(told));
}
