import { createHash } from 'node:crypto';

/** What a server asks for: one `Digest` challenge of a WWW-Authenticate header (RFC 7616 §3.3). */
export interface Challenge {
  readonly realm: string;
  readonly nonce: string;
  readonly opaque: string | undefined;
  /** As the server wrote it; empty when it said none, which means MD5. */
  readonly algorithm: string;
  /** False: the older form of RFC 2069, without counting. */
  readonly counts: boolean;
}

export interface Proof {
  readonly username: string;
  readonly password: string;
  readonly method: string;
  /** Path and query, as sent. */
  readonly uri: string;
  /** How often the nonce was used, this time included. */
  readonly count: number;
  readonly cnonce: string;
}

/** Node's names, the strongest first. */
const hashes = [
  ['SHA-512-256', 'sha512-256'],
  ['SHA-256', 'sha256'],
  ['MD5', 'md5'],
] as const;

/** The strongest challenge that can be answered; null when there is none. */
export function challengeIn(headers: readonly string[]): Challenge | null {
  const challenges = headers.flatMap(digestChallenges);
  for (const [name] of hashes) {
    const found = challenges.find(({ algorithm }) => family(algorithm) === name);
    if (found !== undefined) return found;
  }
  return null;
}

/** The Authorization header that answers a challenge (RFC 7616 §3.4). */
export function digestAuthorization(challenge: Challenge, proof: Proof): string {
  const { realm, nonce, opaque, algorithm, counts } = challenge;
  const { username, password, method, uri, count, cnonce } = proof;
  const hash = hasher(algorithm);
  const secret = hash(`${username}:${realm}:${password}`);
  const a1 = algorithm.toLowerCase().endsWith('-sess') ? hash(`${secret}:${nonce}:${cnonce}`) : secret;
  const a2 = hash(`${method}:${uri}`);
  const nc = count.toString(16).padStart(8, '0');
  const response = hash(counts ? `${a1}:${nonce}:${nc}:${cnonce}:auth:${a2}` : `${a1}:${nonce}:${a2}`);
  const fields = [
    `username=${quoted(username)}`,
    `realm=${quoted(realm)}`,
    `nonce=${quoted(nonce)}`,
    `uri=${quoted(uri)}`,
    `response="${response}"`,
    ...(algorithm === '' ? [] : [`algorithm=${algorithm}`]),
    ...(counts ? ['qop=auth', `nc=${nc}`, `cnonce="${cnonce}"`] : []),
    ...(opaque === undefined ? [] : [`opaque=${quoted(opaque)}`]),
  ];
  return `Digest ${fields.join(', ')}`;
}

function hasher(algorithm: string): (text: string) => string {
  const name = hashes.find(([known]) => known === family(algorithm))?.[1] ?? 'md5';
  return (text) => createHash(name).update(text).digest('hex');
}

function family(algorithm: string): string {
  return (algorithm || 'MD5').toUpperCase().replace(/-SESS$/, '');
}

function quoted(text: string): string {
  return `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
}

/** A header may hold several challenges: each begins with its scheme, which no `=` follows. */
function digestChallenges(header: string): Challenge[] {
  return header
    .split(/(?:^|,)\s*(?=[A-Za-z][A-Za-z0-9-]*\s+[A-Za-z][A-Za-z0-9-]*\s*=)/)
    .filter((one) => /^Digest\s/i.test(one.trim()))
    .flatMap((one) => challenge(one.trim().slice('Digest'.length)));
}

function challenge(text: string): Challenge[] {
  const fields = new Map<string, string>();
  for (const [, name = '', inQuotes, plain] of text.matchAll(
    /([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/g,
  )) {
    fields.set(name.toLowerCase(), inQuotes?.replaceAll(/\\(.)/g, '$1') ?? plain ?? '');
  }
  const nonce = fields.get('nonce');
  const qop = fields.get('qop');
  const isAnswerable = qop === undefined || /(^|[\s,])auth($|[\s,])/i.test(qop);
  if (nonce === undefined || !isAnswerable) return [];
  return [
    {
      realm: fields.get('realm') ?? '',
      nonce,
      opaque: fields.get('opaque'),
      algorithm: fields.get('algorithm') ?? '',
      counts: qop !== undefined,
    },
  ];
}
