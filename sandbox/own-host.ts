const own = /^(?:127(?:\.\d{1,3}){3}|\[::1\]|(?:[a-z0-9._-]+\.)?localhost\.?)(?::\d+)?$/i;

/**
 * Whether a request means this machine by its Host header. Any other name was made to lead here by whoever owns it (DNS
 * rebinding): then a page in a browser is asking, not the user. `bucket.localhost` is this machine, too (RFC 6761).
 */
export function isOwnHost(host: string | undefined): boolean {
  return host === undefined || own.test(host);
}

/** What is said to all others. */
export const notOwnHost =
  'The sandbox answers to 127.0.0.1, [::1] and localhost only; use one of these as its host.\n';
