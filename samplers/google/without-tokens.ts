/**
 * A text without anything that looks like a credential: access and refresh tokens, signed tokens, keys.
 *
 * Errors of the libraries carry whole requests. Messages are made of what servers say, never of such an error's
 * configuration; this is the second lock.
 */
export function withoutTokens(text: string): string {
  return patterns.reduce((shown, pattern) => shown.replace(pattern, '***'), text);
}

const patterns: readonly RegExp[] = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[^]*?(-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  /\bya29\.[\w.-]+/g,
  /\b1\/\/[\w-]{20,}/g,
  /\beyJ[\w-]+\.[\w-]+(\.[\w-]*)?/g,
  /(?<=\bBearer\s+)[^\s"',]+/gi,
  /(?<=(access_token|refresh_token|id_token|client_secret|assertion)["']?\s*[=:]\s*["']?)[^\s"'&,}]+/gi,
];
