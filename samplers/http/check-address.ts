import { didYouMean } from '../../engine/model/did-you-mean.ts';

/** An address: what it is called in the plan, and its text. */
export interface Address {
  readonly key: 'url' | 'baseUrl' | 'path';
  readonly text: string;
}

const example = 'Expected one such as https://host:8080/path';
const spoken = /^https?:\/\//i;

/**
 * Whether a path is meant as an address of its own: it begins with a scheme, such as `http:/x` and `ftp://x`, or with a host
 * and a port, such as `localhost:8080/x` and `localhost:${port}`.
 */
export function isMeantAsAddress(path: string): boolean {
  return /^(?:[a-z][a-z0-9+.-]*:\/\/|https?:\/|(?:localhost|[\w-]+(?:\.[\w-]+)+|\[[\da-f:.]+\]):(?:\d+(?:[/?#]|$)|\$\{))/i.test(
    path,
  );
}

/** What is wrong with an address that holds a template, as far as it is written out: it begins with a scheme. */
export function openAddressMistake({ key, text }: Address): string | null {
  const [start = ''] = text.split('${', 1);
  if (['http://', 'https://'].some((scheme) => scheme.startsWith(start.toLowerCase()))) return null;
  if (!spoken.test(start)) return needsScheme({ key, text });
  return key === 'baseUrl' ? extraMistake(start) : null;
}

/** What is wrong with an address that is known before the run; null when nothing is. */
export function addressMistake({ key, text }: Address): string | null {
  if (!spoken.test(text)) return needsScheme({ key, text });
  if (/^https?:\/\/+(?:[/?#]|$)/i.test(text))
    return `${key} names no host, found "${shown(text)}". ${example}`;
  if (!URL.canParse(text)) return `${key} is no address: "${shown(text)}". ${example}`;
  const { username, password, host } = new URL(text);
  if (username !== '' || password !== '')
    return `${key} holds credentials for ${host}. Write them as auth: { basic: { username: …, password: … } }`;
  // A path may end with spaces, which become %20.
  if (key !== 'path' && text.trim() !== text)
    return `${key} has spaces around it. Write "${shown(text.trim())}"`;
  return key === 'baseUrl' ? extraMistake(text) : null;
}

/** A base is what paths are put behind: what stands after `?` or `#` would be lost. */
function extraMistake(text: string): string | null {
  const mark = /[?#]/.exec(text)?.[0];
  if (mark === undefined) return null;
  const remedy = mark === '?' ? 'Write what follows as query:, beside it' : 'It is not sent: leave it out';
  return `baseUrl ends before the first "${mark}". ${remedy}`;
}

function needsScheme({ key, text }: Address): string {
  return `${key} needs http:// or https:// and a host, found "${shown(text)}". ${likely(text.trim())}`;
}

function likely(text: string): string {
  const [, scheme = 'http', rest = ''] = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/is.exec(text) ?? [];
  if (/^https?$/i.test(scheme)) return suggestion(withScheme(text));
  const near = didYouMean(scheme, ['http', 'https']);
  if (near === '') return 'Only http and https are spoken';
  return suggestion(`${near.includes('https') ? 'https' : 'http'}://${rest}`);
}

function suggestion(meant: string | null): string {
  const isWhole = meant !== null && (meant.includes('${') || URL.canParse(meant));
  return isWhole ? `Did you mean "${shown(meant)}"?` : example;
}

/** `http:/x`, `//x`, `x:8080` with what is missing; null for a path alone. */
function withScheme(text: string): string | null {
  const [, scheme, rest = ''] = /^(https?)[:/]+(.*)$/is.exec(text) ?? [];
  if (scheme !== undefined) return `${scheme.toLowerCase()}://${rest}`;
  const host = text.replace(/^\/\//, '');
  if (host === '' || host.startsWith('/')) return null;
  return `${/^[^/]*:8?443(?:\/|$)/.test(host) ? 'https' : 'http'}://${host}`;
}

/** Without its query and its credentials, which may be secret. */
function shown(text: string): string {
  const [before = ''] = text.split(/[?#]/, 1);
  const plain = before.replace(/\/\/[^/@]*@/, '//…@');
  return plain.length > 80 ? `${plain.slice(0, 77)}…` : plain;
}
