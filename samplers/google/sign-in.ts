import type { AuthClient, GoogleAuth } from 'google-auth-library';
import { CredentialsError, findCredentials, remedies, type Surroundings } from './find-credentials.ts';
import { inside } from './inside.ts';
import { tokenAgents } from './proxied/token-agents.ts';
import { sentenceOf } from './remedies.ts';
import type { CredentialChoice } from './target.ts';
import { withoutTokens } from './without-tokens.ts';

/** The right to use BigQuery and Cloud Storage, within what the account may do. */
const scopes = ['https://www.googleapis.com/auth/cloud-platform'];

/** How long a token may take to come, before the run and in it: a server that drops packets must not hold up anything. */
export const tokenTimeoutMs = 5000;

/**
 * A client of google-auth-library 9 for who is chosen, which adds headers to requests and renews its token by itself.
 *
 * Both official clients take it: one of version 10 loses its header in storage 7. Throws a `CredentialsError`. Asks nobody yet.
 */
export async function signIn(choice: CredentialChoice, where: Surroundings): Promise<AuthClient> {
  const file = findCredentials(choice, where);
  const library = await import('google-auth-library');
  const { GoogleAuth, Impersonated, gcpMetadata } = library;
  const agent = tokenAgents(where.proxyFor ?? (() => null), where.environment);
  // Without the limit a request for a token that nobody answers would hold up the end of the process.
  const transporterOptions = { timeout: tokenTimeoutMs, agent };
  // The metadata server is asked by an instance of its own.
  library.gaxios.instance.defaults = { ...library.gaxios.instance.defaults, agent };
  if (file === null && !isOnGoogle(gcpMetadata, where.environment)) {
    throw new CredentialsError(`No Google credentials were found. ${remedies}`);
  }
  try {
    const auth: GoogleAuth = new GoogleAuth({ scopes });
    const source =
      file === null
        ? new library.Compute({ scopes })
        : auth.fromJSON({ ...file.content }, { transporterOptions });
    const client =
      choice.impersonate === ''
        ? source
        : new Impersonated({
            sourceClient: source,
            targetPrincipal: choice.impersonate,
            targetScopes: scopes,
            transporterOptions,
          });
    const { quotaProject } = choice;
    const ofFile = file?.content['quota_project_id'];
    if (quotaProject !== '') client.quotaProjectId = quotaProject;
    else if (typeof ofFile === 'string') client.quotaProjectId = ofFile;
    return client;
  } catch (error) {
    throw refused(error, choice, file?.from);
  }
}

/** The headers that say who asks, such as `authorization`, and how long they may be sent. */
export interface Token {
  readonly headers: Readonly<Record<string, string>>;
  readonly sinceEpochMs: number;
  /** Infinity: nobody says. */
  readonly untilEpochMs: number;
}

/** A token of a client that has none yet. Throws a `CredentialsError`, after `tokenTimeoutMs` at the latest. */
export async function tokenOf(
  client: AuthClient,
  choice: CredentialChoice,
  limitMs = tokenTimeoutMs,
): Promise<Token> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Silence()), limitMs);
  });
  try {
    const headers = { ...(await Promise.race([client.getRequestHeaders(), late])) };
    if (!hasToken(headers)) throw new Error('what answered gave no token (access_token)');
    const untilEpochMs = client.credentials.expiry_date ?? Infinity;
    return { headers, sinceEpochMs: performance.timeOrigin + performance.now(), untilEpochMs };
  } catch (error) {
    throw refused(error, choice);
  } finally {
    clearTimeout(timer);
  }
}

/** The library makes `Bearer undefined` of a log-in page. */
function hasToken(headers: Readonly<Record<string, string>>): boolean {
  const [, value = ''] =
    Object.entries(headers).find(([name]) => name.toLowerCase() === 'authorization') ?? [];
  return /^\S+ (?!(undefined|null|\[object \S*)$)\S+$/.test(value);
}

class Silence extends Error {}

/** Known from the machine itself or its settings, without asking the network: a laptop must not wait for nobody. */
function isOnGoogle(metadata: { getGCPResidency(): boolean }, environment: NodeJS.ProcessEnv): boolean {
  if (environment['METADATA_SERVER_DETECTION'] === 'none') return false;
  if ((environment['GCE_METADATA_HOST'] ?? environment['GCE_METADATA_IP'] ?? '') !== '') return true;
  return metadata.getGCPResidency();
}

/** Errors of the library hold whole requests, tokens included: of them only what the server said is told. */
function refused(error: unknown, { impersonate }: CredentialChoice, from?: string): CredentialsError {
  if (error instanceof CredentialsError) return error;
  const whose = from ?? (impersonate === '' ? 'The credentials' : `Acting as ${impersonate}`);
  const told = error instanceof Silence ? 'no token came in time' : withoutTokens(whatIsTold(error));
  return new CredentialsError(`${whose} could not be used: ${sentenceOf(told)} ${remedies}`);
}

function whatIsTold(error: unknown): string {
  const said = saidByServer(error);
  if (said !== '') return said;
  const message = error instanceof Error ? error.message : String(error);
  return (message.split('\n', 1)[0] ?? '').slice(0, 300);
}

/** `invalid_grant: Invalid JWT Signature.`, or the message of an API of Google's. */
function saidByServer(error: unknown): string {
  if (!(error instanceof Error) || !('response' in error)) return '';
  const data = inside(error.response, 'data');
  const code = inside(data, 'error');
  const message = inside(code, 'message');
  if (typeof message === 'string') return message;
  const description = inside(data, 'error_description');
  return [code, description].filter((one) => typeof one === 'string' && one !== '').join(': ');
}
