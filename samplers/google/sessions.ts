import type { AuthClient } from 'google-auth-library';
import type { ReadBytes } from '../../engine/model/ports.ts';
import { CredentialsError, type Surroundings } from './find-credentials.ts';
import { signIn, tokenHeaders } from './sign-in.ts';
import type { CredentialChoice } from './target.ts';

/**
 * The clients of a worker, one for each choice of credentials, so that a token is fetched once for all users.
 *
 * What failed is remembered for `retryAfterMs`: thousands of samples must not knock at the token server in vain.
 */
export class Sessions {
  readonly #where: Surroundings;
  readonly #clients = new Map<string, Promise<AuthClient>>();
  readonly #failures = new Map<string, { readonly error: CredentialsError; readonly atMs: number }>();

  constructor(read: ReadBytes, environment: NodeJS.ProcessEnv = process.env) {
    this.#where = { read, environment };
  }

  /** For both official clients: `authClient`. Throws a `CredentialsError`. */
  client(choice: CredentialChoice): Promise<AuthClient> {
    const key = JSON.stringify(choice);
    const known = this.#clients.get(key);
    if (known !== undefined) return known;
    const client = signIn(choice, this.#where);
    this.#clients.set(key, client);
    client.catch(() => this.#clients.delete(key));
    return client;
  }

  /** The headers that say who asks; none without a choice. Throws a `CredentialsError`. */
  async headers(choice: CredentialChoice | null): Promise<Record<string, string>> {
    if (choice === null) return {};
    const key = JSON.stringify(choice);
    const failure = this.#failures.get(key);
    if (failure !== undefined && performance.now() - failure.atMs < retryAfterMs) throw failure.error;
    try {
      return await tokenHeaders(await this.client(choice), choice);
    } catch (error) {
      if (error instanceof CredentialsError) this.#failures.set(key, { error, atMs: performance.now() });
      throw error;
    }
  }

  /** Fetches tokens ahead of the first sample. What fails is told by the samples. */
  async warmUp(choices: readonly (CredentialChoice | null)[]): Promise<void> {
    await Promise.allSettled(choices.map((choice) => this.headers(choice)));
  }
}

const retryAfterMs = 5000;
