import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

export const hasOpenssl = canRun('openssl', ['version']);

/** Keys and certificates for tests, each made once, in a folder that goes when the file of tests is done. */
export class Certificates {
  readonly folder = mkdtempSync(join(tmpdir(), 'loadplan-tls-'));
  readonly #made = new Set<string>();

  constructor() {
    afterAll(() => rmSync(this.folder, { recursive: true }));
  }

  /** A file of the folder, by its name. */
  path(file: string): string {
    return join(this.folder, file);
  }

  write(file: string, text: string): string {
    writeFileSync(this.path(file), text);
    return this.path(file);
  }

  /** `name.pem` and `name-key.pem`, self-signed; a certificate of an issuer too. */
  selfSigned(name: string, subject = 'localhost'): { key: Buffer; cert: Buffer } {
    this.#once(name, `req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=${subject} ${this.#out(name)}`);
    return this.#pair(name);
  }

  /** `name.pem` and `name-key.pem`, signed by an issuer that was made before. */
  signed(name: string, issuer: string, subject = 'localhost'): { key: Buffer; cert: Buffer } {
    const by = `-CA ${this.path(`${issuer}.pem`)} -CAkey ${this.path(`${issuer}-key.pem`)}`;
    const names = `-addext subjectAltName=DNS:${subject} -addext basicConstraints=CA:FALSE`;
    const make = `req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=${subject} ${names} ${by}`;
    this.#once(name, `${make} ${this.#out(name)}`);
    return this.#pair(name);
  }

  /** `name.p12` of a pair that was made before. */
  pkcs12(name: string, passphrase: string): string {
    const pair = `-in ${this.path(`${name}.pem`)} -inkey ${this.path(`${name}-key.pem`)}`;
    this.#once(
      `${name}.p12`,
      `pkcs12 -export ${pair} -out ${this.path(`${name}.p12`)} -passout pass:${passphrase}`,
    );
    return this.path(`${name}.p12`);
  }

  #out(name: string): string {
    return `-keyout ${this.path(`${name}-key.pem`)} -out ${this.path(`${name}.pem`)}`;
  }

  #pair(name: string): { key: Buffer; cert: Buffer } {
    return {
      key: readFileSync(this.path(`${name}-key.pem`)),
      cert: readFileSync(this.path(`${name}.pem`)),
    };
  }

  #once(name: string, command: string): void {
    if (this.#made.has(name)) return;
    this.#made.add(name);
    execFileSync('openssl', command.split(' '), { stdio: 'ignore' });
  }
}

function canRun(command: string, args: readonly string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
