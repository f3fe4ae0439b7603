import { CredentialsError, type Surroundings } from './find-credentials.ts';
import { signIn, tokenOf, type Token } from './sign-in.ts';
import type { CredentialChoice } from './target.ts';

type Headers = Readonly<Record<string, string>>;

/** A token as it is in use. */
interface Held extends Token {
  /** Whether a service has taken it. */
  hasWorked: boolean;
}

/** Wall clock and timers; timers keep no process alive. */
export interface SessionClock {
  nowEpochMs(): number;
  later(ms: number, act: () => void): void;
}

/** What failed is not tried again for so long: thousands of samples must not knock at the token server in vain. */
const retryAfterMs = 5000;
/** So long before its end a token is replaced, unless it lives for less than twice that. */
const earlyMs = 300_000;
/** A token that is replaced in the background is asked for no more often. */
const leastPauseMs = 1000;

/**
 * Who asks, for all users of a worker: one token at a time, replaced in the background before it ends, so that samples find one.
 *
 * A new token is a new sign-in: the library keeps its own until five minutes before their end, and asks each time in those.
 */
export class Session {
  readonly #choice: CredentialChoice;
  readonly #where: Surroundings;
  readonly #clock: SessionClock;
  #held: Held | null = null;
  #coming: Promise<Held> | null = null;
  #failure: { readonly error: CredentialsError; readonly atEpochMs: number } | null = null;
  /** Since the last token came. */
  #isUsed = false;

  constructor(choice: CredentialChoice, where: Surroundings, clock: SessionClock) {
    this.#choice = choice;
    this.#where = where;
    this.#clock = clock;
  }

  /** The headers that say who asks; null: a token has to be waited for. */
  get headers(): Headers | null {
    this.#isUsed = true;
    const held = this.#held;
    return held !== null && held.untilEpochMs > this.#clock.nowEpochMs() ? held.headers : null;
  }

  /** The same, when a token has come. Throws a `CredentialsError`. */
  async waitedFor(): Promise<Headers> {
    return this.headers ?? (await this.#fetched()).headers;
  }

  /** A service has answered to these headers with something else than 401. */
  worked(headers: Headers): void {
    if (this.#held?.headers === headers) this.#held.hasWorked = true;
  }

  /**
   * Other headers than those, which were answered by 401: of a token that somebody else has got by now, or of a new one. Null: the
   * refused token was new itself.
   */
  async instead(refused: Headers): Promise<Headers | null> {
    const held = this.#held;
    if (held !== null && held.headers !== refused) return held.headers;
    if (held !== null && !held.hasWorked && !this.#isOld(held)) return null;
    return (await this.#fetched()).headers;
  }

  /** Whether another try is due for a token that no service has taken. */
  #isOld({ sinceEpochMs }: Held): boolean {
    return this.#clock.nowEpochMs() - sinceEpochMs >= retryAfterMs;
  }

  /** One token for all who wait for one. */
  #fetched(): Promise<Held> {
    this.#coming ??= this.#fetch().finally(() => (this.#coming = null));
    return this.#coming;
  }

  async #fetch(): Promise<Held> {
    const clock = this.#clock;
    const failure = this.#failure;
    if (failure !== null && clock.nowEpochMs() - failure.atEpochMs < retryAfterMs) throw failure.error;
    try {
      const token = await tokenOf(await signIn(this.#choice, this.#where), this.#choice);
      // One that is to end at once is tried all the same: the clocks of two machines may differ.
      const untilEpochMs = Math.max(token.untilEpochMs, clock.nowEpochMs() + leastPauseMs);
      this.#held = { ...token, untilEpochMs, hasWorked: false };
      this.#failure = null;
      this.#isUsed = false;
      this.#replaceLater(this.#held, this.#held.sinceEpochMs);
      return this.#held;
    } catch (error) {
      if (error instanceof CredentialsError) this.#failure = { error, atEpochMs: clock.nowEpochMs() };
      throw error;
    }
  }

  /** Halfway to its end or later, and once more if that fails. A token that nobody has used is not replaced: the run may be over. */
  #replaceLater(held: Held, fromEpochMs: number): void {
    const livesMs = held.untilEpochMs - fromEpochMs;
    if (!Number.isFinite(livesMs)) return;
    const inMs = Math.max(leastPauseMs, livesMs / 2, livesMs - earlyMs);
    this.#clock.later(inMs, () => {
      if (this.#held !== held || !this.#isUsed) return;
      this.#fetched().catch(() => this.#replaceLater(held, this.#clock.nowEpochMs()));
    });
  }
}
