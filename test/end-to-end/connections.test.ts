import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer as createHttp2Server } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import type { Server } from 'node:https';
import { createServer } from 'node:https';
import { TLSSocket } from 'node:tls';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Workshop } from '../support/plan-command.ts';

let workshop: Workshop;
beforeEach(() => (workshop = new Workshop()));
afterEach(() => workshop.clean());

const openssl = (command: string) =>
  execFileSync('openssl', command.split(' '), { cwd: workshop.folder, stdio: 'ignore' });

/** `name.pem` and `name-key.pem`; signed by `issuer.pem` once there is one. */
function certificate(name: string, isIssuer = false): void {
  const by = isIssuer ? '' : ' -CA issuer.pem -CAkey issuer-key.pem -addext subjectAltName=DNS:localhost';
  const files = `-keyout ${name}-key.pem -out ${name}.pem`;
  openssl(`req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=${name}${by} ${files}`);
}

/** Whom the server sees. */
const nameOf = (socket: unknown) =>
  socket instanceof TLSSocket ? String(socket.getPeerCertificate().subject.CN) : 'nobody';

const hasOpenssl = (() => {
  try {
    return execFileSync('openssl', ['version']).length > 0;
  } catch {
    return false;
  }
})();

describe.skipIf(!hasOpenssl)('client certificates', () => {
  let server: Server;
  let url: string;
  const users: string[] = [];

  beforeEach(async () => {
    certificate('issuer', true);
    for (const name of ['server', 'ann', 'ben']) certificate(name);
    for (const name of ['ann', 'ben']) {
      openssl(`pkcs12 -export -in ${name}.pem -inkey ${name}-key.pem -out ${name}.p12 -passout pass:open`);
    }
    const read = (file: string) => readFileSync(join(workshop.folder, file));
    const ca = read('issuer.pem');
    const own = { cert: read('server.pem'), key: read('server-key.pem') };
    users.length = 0;
    server = createServer(
      { ...own, ca, requestCert: true, rejectUnauthorized: true },
      (request, response) => {
        users.push(`${request.url} ${nameOf(request.socket)}`);
        response.end();
      },
    );
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `https://localhost:${(server.address() as AddressInfo).port}`;
  });

  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const plan = (options: string) => `name: Certificates
properties: { passphrase: { default: open, secret: true } }
defaults: { http: { baseUrl: "${url}", ca: issuer.pem, ${options} } }
threadGroups:
  - name: G
    threads: 2
    steps:
      - set: { user: "\${__chooseRandom(ann,ann)}" }
      - get: { path: /one, certificate: { cert: ann.pem, key: ann-key.pem } }
      - set: { user: ben }
      - get: /two
`;

  it('are taken from files beside the plan, also by a variable, and their passphrase is not shown', async () => {
    workshop.write('x.yaml', plan('certificate: { pkcs12: "${user}.p12", passphrase: "${passphrase}" }'));
    const { code, stderr } = await workshop.plan('run', 'x.yaml', '--workers', '2');
    expect(code).toBe(0);
    expect(stderr).toMatch(/^Note: a secret of fewer than 6 characters .*: passphrase\n$/);
    expect(users.toSorted()).toEqual(['/one ann', '/one ann', '/two ben', '/two ben']);
  });

  it('that are missing or unusable are told before the run, each once', async () => {
    const options = 'certificate: { pkcs12: nobody.p12 }, proxy: "localhost:3128", sourceAddress: eth0';
    workshop.write('x.yaml', plan(options));
    const missing = await workshop.plan('run', 'x.yaml');
    expect(missing.code).toBe(104);
    expect(missing.stderr).toContain('x.yaml:3:');
    expect(missing.stderr.match(/there is no file "nobody.p12" in the plan's folder/g)).toHaveLength(1);

    workshop.write('x.yaml', plan(options.replace('nobody.p12', 'ben.p12, passphrase: "${passphrase}x"')));
    const wrong = await workshop.plan('run', 'x.yaml');
    expect(wrong.code).toBe(104);
    for (const message of [
      'the passphrase is missing or wrong',
      'proxy is not understood: a proxy is written http://host:port',
      'sourceAddress must be an IP address of this machine, found "eth0"',
    ])
      expect(wrong.stderr.split(message)).toHaveLength(2);
    expect(users).toEqual([]);
  });

  it('whose parts do not fit are told by their place', async () => {
    workshop.write('x.yaml', plan('certificate: { cert: ann.pem, pkcs12: ben.p12 }'));
    expect((await workshop.plan('validate', 'x.yaml')).stderr).toContain(
      'certificate has files in PEM and in PKCS#12: keep one of them',
    );
  });
});

describe('HTTP/2', () => {
  it('is spoken to a server that is known to speak it, with an empty message in the JTL', async () => {
    const server = createHttp2Server((request, response) => response.end(request.httpVersion));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    workshop.write(
      'x.yaml',
      `name: Two
defaults: { http: { baseUrl: "http://api.test:${(server.address() as AddressInfo).port}", dns: { "*.test": 127.0.0.1 } } }
threadGroups:
  - name: G
    loops: 3
    steps: [{ get: { path: /, http2PriorKnowledge: true }, name: two, assert: [{ equals: "2.0" }] }]
listeners: [jtl-csv]
`,
    );
    const { code, stderr } = await workshop.plan('run', 'x.yaml');
    server.close();
    expect([code, stderr]).toEqual([0, '']);
    expect(
      workshop
        .jtl()
        .slice(1)
        .map((line) => line.split(',').slice(2, 5)),
    ).toEqual(Array.from({ length: 3 }, () => ['two', '200', '']));
  });
});
