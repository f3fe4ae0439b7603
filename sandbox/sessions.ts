import { uuid } from './random.ts';
import type { Random } from '../engine/model/ports.ts';

export interface TokenPair {
  readonly accessToken: string;
  readonly refreshToken: string;
}

/**
 * Who is logged in.
 *
 * Tokens are numbered, so that millions of logins cost no memory; only the sessions that were ended are
 * remembered, the last 100,000 of them. Tokens do not expire: an endurance run logs in once.
 * `mark` differs between sandboxes with different seeds. This is no security device.
 */
export class Sessions {
  readonly #mark: string;
  readonly #limit: number;
  readonly #ended = new Set<number>();
  #opened = 0;

  constructor(random: Random, limit = 100_000) {
    this.#mark = uuid(random);
    this.#limit = limit;
  }

  open(): TokenPair {
    const number = String(++this.#opened);
    return { accessToken: `access.${number}.${this.#mark}`, refreshToken: `refresh.${number}.${this.#mark}` };
  }

  isOpen(accessToken: string): boolean {
    return this.#number('access', accessToken) !== null;
  }

  /** Logs out: neither token of the pair is good any longer. False if it was not good before. */
  end(accessToken: string): boolean {
    return this.#close(this.#number('access', accessToken));
  }

  /** A new pair for an old one, which is ended. Null if the refresh token is not good. */
  refresh(refreshToken: string): TokenPair | null {
    return this.#close(this.#number('refresh', refreshToken)) ? this.open() : null;
  }

  #close(number: number | null): boolean {
    if (number === null) return false;
    this.#ended.add(number);
    if (this.#ended.size > this.#limit) {
      const [oldest = number] = this.#ended;
      this.#ended.delete(oldest);
    }
    return true;
  }

  /** The number of the open session to which the token belongs, or null. */
  #number(use: 'access' | 'refresh', token: string): number | null {
    const [found, text, mark] = token.split('.');
    if (found !== use || mark !== this.#mark || !/^[1-9]\d*$/.test(text ?? '')) return null;
    const number = Number(text);
    return number <= this.#opened && !this.#ended.has(number) ? number : null;
  }
}
