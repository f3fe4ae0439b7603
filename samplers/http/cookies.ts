import type { Cookie } from 'tough-cookie';
import { CookieJar, MemoryCookieStore } from 'tough-cookie';

const MAX_COOKIE_BYTES = 4096;
const MAX_PER_HOST = 50;
const MAX_COOKIES = 300;

/** The cookies of one user: RFC 6265's rules, with a cap so that no server can fill the generator's memory. */
export class Cookies {
  readonly #store = new MemoryCookieStore();
  readonly #jar = new CookieJar(this.#store, { looseMode: false });
  /** Oldest first. */
  readonly #kept = new Map<string, Cookie>();

  /** Takes over what a response from `url` sets; what is not allowed or larger than 4 KiB is ignored. */
  store(url: string, setCookies: readonly string[]): void {
    for (const text of setCookies) {
      if (text.length > MAX_COOKIE_BYTES) continue;
      const cookie = this.#jar.setCookieSync(text, url, { ignoreError: true });
      if (cookie) this.#keep(cookie);
    }
  }

  /** The Cookie header for a request to `url`, after the author's own; empty for none. */
  header(url: string, own: string): string {
    const ours = this.#jar.getCookieStringSync(url);
    return own === '' || ours === '' ? own + ours : `${own}; ${ours}`;
  }

  #keep(cookie: Cookie): void {
    this.#kept.set(keyOf(cookie), cookie);
    if (cookie.TTL() <= 0) this.#drop(cookie);
    if (this.#kept.size <= MAX_PER_HOST) return;
    const ofHost = [...this.#kept.values()].filter(({ domain }) => domain === cookie.domain);
    if (ofHost.length > MAX_PER_HOST) this.#drop(ofHost[0]);
    if (this.#kept.size > MAX_COOKIES) this.#drop(this.#kept.values().next().value);
  }

  #drop(cookie: Cookie | undefined): void {
    if (cookie === undefined) return;
    this.#kept.delete(keyOf(cookie));
    // The store in memory calls back at once.
    this.#store.removeCookie(cookie.domain ?? '', cookie.path ?? '', cookie.key, () => undefined);
  }
}

function keyOf({ domain, path, key }: Cookie): string {
  return `${domain ?? ''} ${path ?? ''} ${key}`;
}
