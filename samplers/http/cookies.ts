import type { Cookie } from 'tough-cookie';
import type { PresetCookie } from './cookie-options.ts';
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

  /**
   * Takes over what a response from `url` sets; what is not allowed or larger than 4 KiB is ignored. `lenient`:
   * a cookie may lack a name.
   */
  store(url: string, setCookies: readonly string[], lenient = false): void {
    for (const text of setCookies) {
      if (text.length > MAX_COOKIE_BYTES) continue;
      const cookie = this.#jar.setCookieSync(text, url, { ignoreError: true, loose: lenient });
      if (cookie) this.#keep(cookie);
    }
  }

  /** Puts cookies of the author's into the jar, for the host of `url` unless they name a domain. */
  preset(url: string, cookies: readonly PresetCookie[]): void {
    for (const { name, value, domain, path = '/', secure = false } of cookies) {
      const host = domain === undefined ? new URL(url).hostname : domain.replace(/^\./, '');
      // A Domain attribute widens to the hosts beneath, which addresses and single names do not have.
      const isWide = domain !== undefined && /\.[a-z]+$/i.test(host);
      const text = `${name}=${value}; Path=${path}${isWide ? `; Domain=${host}` : ''}${secure ? '; Secure' : ''}`;
      this.store(`https://${host}/`, [text]);
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
