import { messageOf } from '../../engine/model/errors.ts';
import { X509Certificate } from 'node:crypto';
import type { SecureContext, SecureContextOptions } from 'node:tls';
import { createSecureContext } from 'node:tls';
import type { ReadBytes } from '../../engine/model/ports.ts';
import { TransportError } from './transport-error.ts';
import type { HttpConfig } from './schema.ts';

/** What a configuration says of TLS beyond the defaults. */
export interface TlsChoice {
  readonly certificate: HttpConfig['certificate'];
  readonly ca: string | undefined;
  readonly tlsVersion: HttpConfig['tlsVersion'];
}

/** Certificates, keys and versions made ready for TLS: each choice once, its files read once. */
export class SecureContexts {
  readonly #read: ReadBytes;
  readonly #known = new Map<string, SecureContext>();

  constructor(read: ReadBytes) {
    this.#read = read;
  }

  /** Throws a `TransportError` with the key that is wrong as its `subject`. Without a choice: the well-known issuers and versions. */
  of({ certificate, ca, tlsVersion }: TlsChoice): SecureContext {
    const key = JSON.stringify([certificate, ca, tlsVersion]);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const made = createContext({
      ...(ca === undefined ? {} : { ca: this.#issuers(ca) }),
      ...(certificate === undefined ? {} : this.#identity(certificate)),
      ...versions(tlsVersion),
    });
    this.#known.set(key, made);
    return made;
  }

  #identity({ cert, key, pkcs12, passphrase }: NonNullable<TlsChoice['certificate']>): SecureContextOptions {
    return {
      ...(cert === undefined ? {} : { cert: this.#file('certificate', cert) }),
      ...(key === undefined ? {} : { key: this.#file('certificate', key) }),
      ...(pkcs12 === undefined ? {} : { pfx: this.#file('certificate', pkcs12) }),
      ...(passphrase === undefined ? {} : { passphrase }),
    };
  }

  /** Node passes over what it does not understand here; so it is looked at first. */
  #issuers(path: string): string[] {
    const text = this.#file('ca', path).toString('latin1');
    const found = text.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? [];
    try {
      for (const one of found) new X509Certificate(one);
    } catch {
      throw wrong('ca', `the file "${path}" holds a certificate that cannot be read`);
    }
    if (found.length === 0) throw wrong('ca', `the file "${path}" holds no certificate in PEM`);
    return found;
  }

  #file(subject: string, path: string): Buffer {
    try {
      return Buffer.from(this.#read(path));
    } catch (error) {
      const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
      throw wrong(
        subject,
        isMissing
          ? `there is no file "${path}" in the plan's folder`
          : `the file "${path}" cannot be read: ${messageOf(error)}`,
      );
    }
  }
}

function createContext(options: SecureContextOptions): SecureContext {
  try {
    return createSecureContext(options);
  } catch (error) {
    const reason = messageOf(error);
    const meaning = meanings.find(([pattern]) => pattern.test(reason))?.[1];
    throw wrong('certificate', meaning ?? `the client certificate cannot be used: ${reason}`);
  }
}

/** OpenSSL's words, and what they come to. */
const meanings: readonly (readonly [RegExp, string])[] = [
  [/mac verify|bad decrypt|bad password|interrupted or cancelled/i, 'the passphrase is missing or wrong'],
  [/values mismatch/i, 'the key does not belong to the certificate'],
  [/no start line/i, 'a file that should be PEM is not'],
  [
    /not enough data|wrong tag|asn1|header too long/i,
    'a file is neither the PEM nor the PKCS#12 that it should be',
  ],
  [
    /unsupported/i,
    'a file is encrypted by a method that OpenSSL 3 does not know: write it anew with a current tool',
  ],
];

/** TLS before 1.2 is spoken only with ciphers that OpenSSL takes for insecure. */
function versions(version: TlsChoice['tlsVersion']): SecureContextOptions {
  if (version === undefined) return {};
  const { min, max } = version;
  const isOld = min === 'TLSv1' || min === 'TLSv1.1';
  return { minVersion: min, maxVersion: max, ...(isOld ? { ciphers: 'DEFAULT@SECLEVEL=0' } : {}) };
}

function wrong(subject: string, message: string): TransportError {
  return new TransportError(`tls.${subject}`, message, subject);
}
