import type { CacheOptions } from './cache-options.ts';
import type { Answer } from './exchange.ts';
import type { HttpRequest } from './request.ts';
import type { RawHeaders } from './response-headers.ts';
import { findHeader, findHeaders } from './response-headers.ts';
import { urlOf } from './target.ts';

/** What is known of the last answer from a URL. */
interface Entry {
  readonly etag: string | undefined;
  readonly lastModified: string | undefined;
  /** 0: the server must be asked. */
  readonly freshUntilEpochMs: number;
  /** Request headers that the answer depends on, and what they were. */
  readonly vary: readonly string[];
  readonly varied: string;
}

const defaultEntries = 5000;

/** Without a word of the server's, an answer is taken for good for this part of its age (RFC 9111 §4.2.2). */
const heuristicRatio = 0.1;

/**
 * Which answers of one user are still good: validators and lifetimes, no bodies (RFC 9111, as a private cache).
 *
 * Of a URL whose answers depend on request headers, the last one is known. What says `no-store` or `Vary: *` is not.
 */
export class ResponseCache {
  readonly #nowEpochMs: () => number;
  /** Longest unused first. */
  readonly #entries = new Map<string, Entry>();

  constructor(nowEpochMs: () => number = Date.now) {
    this.#nowEpochMs = nowEpochMs;
  }

  /** Whether the request can be spared. */
  isFresh(request: HttpRequest): boolean {
    const entry = this.#entryFor(request);
    return entry !== undefined && this.#nowEpochMs() < entry.freshUntilEpochMs;
  }

  /** Headers that ask for the answer only if it has changed. */
  conditions(request: HttpRequest): string[] {
    const { etag, lastModified } = this.#entryFor(request) ?? {};
    return [
      ...(etag === undefined ? [] : ['if-none-match', etag]),
      ...(lastModified === undefined ? [] : ['if-modified-since', lastModified]),
    ];
  }

  /** Learns from an answer. One that says a thing is unchanged renews its lifetime. */
  store(answer: Answer, { useExpires = true, maxEntries = defaultEntries }: CacheOptions): void {
    if (!isGood(answer)) return;
    const { request, status } = answer;
    const key = urlOf(request.target);
    const known = status === 304 ? this.#entryFor(request) : undefined;
    this.#entries.delete(key);
    const entry = this.#entryOf(answer, known, useExpires);
    if (entry === null) return;
    this.#entries.set(key, entry);
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= maxEntries) break;
      this.#entries.delete(oldest);
    }
  }

  /** Null when there is nothing to go by. */
  #entryOf({ request, headers }: Answer, known: Entry | undefined, useExpires: boolean): Entry | null {
    const control = listed(headers, 'cache-control');
    const named = listed(headers, 'vary');
    if (control.includes('no-store') || named.includes('*')) return null;
    const { etag, lastModified } = validators(headers, known);
    const freshUntilEpochMs = useExpires ? this.#freshUntil(headers, control, lastModified) : 0;
    if (etag === undefined && lastModified === undefined && freshUntilEpochMs === 0) return null;
    const vary = named.length > 0 ? named : (known?.vary ?? []);
    return { etag, lastModified, freshUntilEpochMs, vary, varied: valuesOf(request, vary) };
  }

  #entryFor(request: HttpRequest): Entry | undefined {
    if (request.method !== 'GET') return undefined;
    const key = urlOf(request.target);
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.varied === valuesOf(request, entry.vary) ? entry : undefined;
  }

  #freshUntil(headers: RawHeaders, control: readonly string[], lastModified: string | undefined): number {
    if (control.includes('no-cache')) return 0;
    const now = this.#nowEpochMs();
    const maxAge = control.find((word) => word.startsWith('max-age='))?.slice('max-age='.length);
    if (maxAge !== undefined) return now + 1000 * (Number(maxAge.replaceAll('"', '')) || 0);
    const sentEpochMs = epochMs(textOf(headers, 'date')) ?? now;
    const expires = textOf(headers, 'expires');
    if (expires !== undefined) return now + ((epochMs(expires) ?? 0) - sentEpochMs);
    const changedEpochMs = epochMs(lastModified);
    return changedEpochMs === null ? 0 : now + heuristicRatio * Math.max(0, sentEpochMs - changedEpochMs);
  }
}

/** Those of the answer; an answer that says a thing is unchanged need not repeat them. */
function validators(headers: RawHeaders, known: Entry | undefined): Pick<Entry, 'etag' | 'lastModified'> {
  return {
    etag: textOf(headers, 'etag') ?? known?.etag,
    lastModified: textOf(headers, 'last-modified') ?? known?.lastModified,
  };
}

function textOf(headers: RawHeaders, name: string): string | undefined {
  return findHeader(headers, name)?.toString('latin1');
}

function isGood({ request, status, fault }: Answer): boolean {
  return request.method === 'GET' && fault === null && ((status >= 200 && status <= 299) || status === 304);
}

/** The words of a header that is a list, in lower case. */
function listed(headers: RawHeaders, name: string): string[] {
  return findHeaders(headers, name)
    .flatMap((value) => value.split(','))
    .map((word) => word.trim().toLowerCase())
    .filter((word) => word !== '');
}

/** Null for what is no date, such as the `0` and `-1` that servers like to write. */
function epochMs(date: string | undefined): number | null {
  const time = date !== undefined && /[a-z]{3}.*\d:\d/i.test(date) ? Date.parse(date) : NaN;
  return Number.isNaN(time) ? null : time;
}

function valuesOf({ headers }: HttpRequest, names: readonly string[]): string {
  return names
    .map((name) => {
      const at = headers.list.findIndex((text, index) => index % 2 === 0 && text.toLowerCase() === name);
      return at < 0 ? '' : headers.list[at + 1];
    })
    .join('\n');
}
