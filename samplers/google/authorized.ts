import type { Session } from './session.ts';

type Headers = Readonly<Record<string, string>>;

const nobody: Headers = {};

/** What a request that says who asks is sent by. */
export interface AuthorizedOptions<A> {
  /** Null: nobody is told who asks. */
  readonly session: Session | null;
  /** Sends it, with these headers besides its own. */
  readonly send: (headers: Headers) => Promise<A>;
  readonly isUnauthorized: (answer: A) => boolean;
  /** A new token is had, and the answer is not needed. */
  readonly discard: (answer: A) => void;
  /** Waits for a token, out of the sample's time. */
  readonly aside: <T>(work: Promise<T>) => Promise<T>;
}

/** Sends a request. A 401 is answered by one new token for all users of the worker, and the request is sent once more. */
export async function authorized<A>(options: AuthorizedOptions<A>): Promise<A> {
  const { session, send, isUnauthorized, discard, aside } = options;
  if (session === null) return send(nobody);
  const headers = session.headers ?? (await aside(session.waitedFor()));
  const answer = await send(headers);
  if (!isUnauthorized(answer)) {
    session.worked(headers);
    return answer;
  }
  const others = await aside(session.instead(headers));
  if (others === null) return answer;
  discard(answer);
  const second = await send(others);
  if (!isUnauthorized(second)) session.worked(others);
  return second;
}
