import { randomBytes } from 'node:crypto';
import { unaskedAuthorization } from './auth.ts';
import { challengeIn, digestAuthorization, type Challenge } from './digest.ts';
import type { Answer } from './exchange.ts';
import type { HttpRequest } from './request.ts';
import { findHeaders } from './response-headers.ts';

/** A challenge and how often it was answered. */
interface DigestSession {
  readonly challenge: Challenge;
  readonly cnonce: string;
  count: number;
}

/** The digest challenges of one user, by origin and name. */
export type DigestSessions = Map<string, DigestSession>;

/** A user that changes its name again and again does not fill the memory. */
const maxSessions = 100;

type Send = (request: HttpRequest) => Promise<Answer>;

/**
 * Sends a request with its credentials.
 *
 * Basic and Bearer go with the first request. Digest answers the challenge known for the user and origin; when there
 * is none, or the server does not take the answer, the request is sent again, once, with an answer to the new
 * challenge. Both sendings are one answer with the bytes of both, as in JMeter.
 */
export async function sendWithAuth(
  request: HttpRequest,
  sessions: DigestSessions,
  send: Send,
): Promise<Answer> {
  const { auth, target, extra } = request;
  if (auth?.digest === undefined) {
    const header = auth === null ? '' : unaskedAuthorization(auth);
    return send(header === '' ? request : { ...request, extra: [...extra, 'authorization', header] });
  }
  const account = auth.digest;
  const key = `${target.origin.name} ${account.username}`;
  const answered = (session: DigestSession): HttpRequest => {
    session.count += 1;
    const { challenge, count, cnonce } = session;
    const proof = { ...account, method: request.method, uri: target.path, count, cnonce };
    return { ...request, extra: [...extra, 'authorization', digestAuthorization(challenge, proof)] };
  };
  const known = sessions.get(key);
  const first = await send(known === undefined ? request : answered(known));
  const challenge = first.status === 401 && first.fault === null ? challengeOf(first) : null;
  if (challenge === null) return first;
  const session = { challenge, cnonce: randomBytes(16).toString('hex'), count: 0 };
  sessions.set(key, session);
  if (sessions.size > maxSessions) sessions.delete(sessions.keys().next().value ?? '');
  return withBytesOf(first, await send(answered(session)));
}

function challengeOf({ headers }: Answer): Challenge | null {
  return challengeIn(findHeaders(headers, 'www-authenticate'));
}

/** The answer to the second of two sendings, with the bytes of both. */
export function withBytesOf(first: Answer, answer: Answer): Answer {
  const { request, cookie, status, statusText, headers, chunks, fault, isStale } = answer;
  const bytesReceived = first.bytesReceived + answer.bytesReceived;
  const bytesSent = first.bytesSent + answer.bytesSent;
  return { request, cookie, status, statusText, headers, chunks, fault, isStale, bytesReceived, bytesSent };
}
