import type { GoogleConfig } from './google-schema.ts';

/** Where requests go, and who asks. */
export interface Target {
  /** Without a slash at its end. Null: the real service. */
  readonly endpoint: string | null;
  /** Null: nobody is told who asks. */
  readonly credentials: CredentialChoice | null;
}

export interface CredentialChoice {
  /** Empty: application default credentials. */
  readonly keyFile: string;
  /** Empty: nobody. */
  readonly impersonate: string;
  /** Empty: that of the credentials, if they name one. */
  readonly quotaProject: string;
}

/** The variables of the environment by which the official clients are sent elsewhere. */
export type EmulatorVariable = 'BIGQUERY_EMULATOR_HOST' | 'STORAGE_EMULATOR_HOST';

/** Gives credentials only to Google: a token never travels to any other endpoint. */
export function targetOf({ endpoint, credentials }: Pick<GoogleConfig, 'endpoint' | 'credentials'>): Target {
  const origin = (endpoint ?? '').trim().replace(/\/+$/, '');
  const { keyFile = '', impersonate = '', quotaProject = '' } = credentials ?? {};
  const isGoogles = origin === '' || /^https:\/\/([\w-]+\.)+googleapis\.com(:443)?$/i.test(origin);
  return {
    endpoint: origin === '' ? null : origin,
    credentials: isGoogles ? { keyFile, impersonate, quotaProject } : null,
  };
}

/** What is wrong with an endpoint, as a sentence, or null. */
export function endpointMistake(endpoint: unknown): string | null {
  if (typeof endpoint !== 'string' || endpoint.trim() === '') return null;
  const url = URL.canParse(endpoint) ? new URL(endpoint) : null;
  const isOrigin = url !== null && /^https?:$/.test(url.protocol) && url.host !== '' && url.username === '';
  if (isOrigin && /^\/*$/.test(url.pathname) && url.search === '' && url.hash === '') return null;
  return `endpoint must be the origin of a server, such as http://127.0.0.1:9050, found ${JSON.stringify(endpoint)}`;
}

/**
 * A sentence when the environment would send a client of Google's away from the target, else null.
 *
 * The official clients follow such a variable even against what they are told (`bigquery.js`, `storage.js`: the base
 * URL is made of it). What a plan says must be true, so it is refused rather than guessed at.
 */
export function emulatorMistake(
  { endpoint }: Target,
  variable: EmulatorVariable,
  environment: NodeJS.ProcessEnv,
): string | null {
  // The environment is looked at last: each look costs microseconds.
  const host = endpoint === null ? (environment[variable] ?? '') : '';
  if (host === '') return null;
  return (
    `The environment variable ${variable} is set (${host}), and the plan sets no endpoint. ` +
    `Unset it to use the real service, or set endpoint: ${/^https?:/.test(host) ? host : `http://${host}`} to use that one.`
  );
}
