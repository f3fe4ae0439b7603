import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { jsonIn, type Json } from '../../engine/model/json.ts';
import type { ReadBytes } from '../../engine/model/ports.ts';
import type { ProxyFor } from '../http/environment-proxies.ts';
import type { CredentialChoice } from './target.ts';

/** Credentials as a file holds them, and a word for where they were found. */
export interface FoundFile {
  readonly content: Readonly<Record<string, Json>>;
  readonly from: string;
}

/** Why credentials cannot be used, as a sentence with its remedy. Carries no request and no token. */
export class CredentialsError extends Error {
  override readonly name = 'CredentialsError';
}

/** The machine, as far as credentials are looked for on it. */
export interface Surroundings {
  readonly environment: NodeJS.ProcessEnv;
  /** The proxies on the way to token servers; without it there are none. */
  readonly proxyFor?: ProxyFor;
  /** Of the plan's folder. */
  readonly read: ReadBytes;
}

export const remedies =
  'Log in with "gcloud auth application-default login", or set GOOGLE_APPLICATION_CREDENTIALS or credentials.keyFile to a ' +
  'key file (credentials.impersonate acts as another account on top of either), or set endpoint to run on the sandbox or an emulator.';

/** The file of credentials that is to be used; null when there is none. Throws a `CredentialsError` for one that is unusable. */
export function findCredentials({ keyFile }: CredentialChoice, where: Surroundings): FoundFile | null {
  if (keyFile !== '') {
    const read = () => (isAbsolute(keyFile) ? readFileSync(keyFile) : where.read(keyFile));
    return readCredentials('credentials.keyFile', keyFile, read);
  }
  const named = where.environment['GOOGLE_APPLICATION_CREDENTIALS'] ?? '';
  if (named !== '') {
    return readCredentials('GOOGLE_APPLICATION_CREDENTIALS', named, () => readFileSync(named));
  }
  const usual = usualFile(where.environment);
  return existsSync(usual) ? readCredentials('gcloud’s login', usual, () => readFileSync(usual)) : null;
}

/** Where gcloud leaves application default credentials. */
function usualFile(environment: NodeJS.ProcessEnv): string {
  const appData = environment['APPDATA'];
  const folder =
    environment['CLOUDSDK_CONFIG'] ??
    (process.platform === 'win32' && appData !== undefined
      ? join(appData, 'gcloud')
      : join(environment['HOME'] ?? homedir(), '.config', 'gcloud'));
  return join(folder, 'application_default_credentials.json');
}

/** What each type of credentials must hold: google-auth-library would otherwise fail much later, with less to say. */
const needed: Readonly<Record<string, readonly string[]>> = {
  service_account: ['client_email', 'private_key'],
  authorized_user: ['client_id', 'client_secret', 'refresh_token'],
  external_account: ['audience', 'subject_token_type', 'credential_source'],
  external_account_authorized_user: ['refresh_token', 'client_id', 'client_secret'],
  impersonated_service_account: ['source_credentials', 'service_account_impersonation_url'],
};

function readCredentials(from: string, path: string, read: () => Uint8Array): FoundFile {
  const told = `${from} names ${JSON.stringify(path)}`;
  const content = jsonIn(textOf(told, read));
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    throw new CredentialsError(`${told}, which holds no JSON object. ${remedies}`);
  }
  const type = typeof content['type'] === 'string' ? content['type'] : '';
  const keys = Object.hasOwn(needed, type) ? needed[type] : undefined;
  if (keys === undefined) {
    const found = type === '' ? 'has no "type"' : `has the type ${JSON.stringify(type)}`;
    throw new CredentialsError(
      `${told}, which ${found}. Known types of credentials: ${Object.keys(needed).join(', ')}.`,
    );
  }
  const missing = keys.filter((key) => content[key] === undefined || content[key] === '');
  if (missing.length > 0) throw new CredentialsError(`${told}, which lacks ${missing.join(', ')}.`);
  return { content, from: `${from} (${path})` };
}

function textOf(told: string, read: () => Uint8Array): string {
  try {
    return new TextDecoder().decode(read());
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const why =
      code === 'ENOENT'
        ? 'which does not exist'
        : code === ''
          ? `which cannot be read: ${error instanceof Error ? error.message : ''}`
          : `which cannot be read (${code})`;
    throw new CredentialsError(`${told}, ${why}. ${remedies}`);
  }
}
