import type { ReadBytes } from '../../engine/model/ports.ts';
import type { KnownMistake } from '../../engine/model/sampler.ts';
import { optionMistakes } from './connection-kind.ts';
import type { TlsChoice } from './secure-contexts.ts';
import { SecureContexts } from './secure-contexts.ts';
import { TransportError } from './transport-error.ts';

type Known = Readonly<Record<string, unknown>>;

/** The files of certificates, as far as their paths are known. */
export function filesOfConnection({ certificate, ca }: Known): string[] {
  const { cert, key, pkcs12 } = mapping(certificate);
  return [cert, key, pkcs12, ca].filter((path) => typeof path === 'string');
}

/** What is wrong with the options of connections, and with the files of certificates. */
export function connectionMistakes(known: Known, read: ReadBytes): KnownMistake[] {
  const wrong = tlsMistake(known, read);
  return [...optionMistakes(known), ...(wrong === null ? [] : [wrong])];
}

/** What is wrong with how a certificate is written; its paths may be templates. */
export function certificateMistake({ certificate }: Known): string | null {
  if (certificate === undefined) return null;
  const { cert, key, pkcs12 } = mapping(certificate);
  const isPem = cert !== undefined || key !== undefined;
  if (isPem && pkcs12 !== undefined) return 'certificate has files in PEM and in PKCS#12: keep one of them';
  if (pkcs12 !== undefined || (cert !== undefined && key !== undefined)) return null;
  return 'certificate needs cert and key, or pkcs12';
}

/** One reader is that of one check of a plan: what it gives is made ready once, however many steps ask for it. */
const checked = new WeakMap<ReadBytes, SecureContexts>();

function tlsMistake(known: Known, read: ReadBytes): KnownMistake | null {
  if (known['certificate'] === undefined && known['ca'] === undefined) return null;
  const contexts = checked.get(read) ?? new SecureContexts(read);
  checked.set(read, contexts);
  try {
    contexts.of(choiceOf(known));
    return null;
  } catch (error) {
    if (!(error instanceof TransportError)) throw error;
    return { key: error.subject, message: error.message };
  }
}

/** What can be judged: a certificate of which a part comes with the run cannot. */
function choiceOf({ certificate, ca }: Known): TlsChoice {
  const whole =
    certificateMistake({ certificate }) === null && !Object.values(mapping(certificate)).includes(undefined);
  return {
    certificate: whole && certificate !== undefined ? texts(mapping(certificate)) : undefined,
    ca: typeof ca === 'string' ? ca : undefined,
    tlsVersion: undefined,
  };
}

function mapping(value: unknown): Known {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function texts(values: Known): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, String(value)]));
}
