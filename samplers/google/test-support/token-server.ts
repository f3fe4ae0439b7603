import { generateKeyPairSync } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A token server, and a metadata server, that answer as told and count what they were asked. */
export class TokenServer {
  readonly paths: string[] = [];
  readonly #server: Server;
  /** `hang`: never answers. Else the status and the JSON of an answer to a request for a token. */
  answer: 'hang' | readonly [status: number, body: object] | (() => readonly [number, object]) = [
    200,
    { access_token: 'ya29.secret-token', expires_in: 3600, token_type: 'Bearer' },
  ];

  constructor() {
    this.#server = createServer((request, response) => {
      this.paths.push(request.url ?? '');
      request.resume();
      if (this.answer === 'hang') return;
      const [status, body] = typeof this.answer === 'function' ? this.answer() : this.answer;
      response.writeHead(status, { 'content-type': 'application/json', 'metadata-flavor': 'Google' });
      response.end(JSON.stringify(body));
    });
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  get host(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

/** Files of credentials of each kind, whose tokens come from the given server. */
export const files = {
  serviceAccount: {
    type: 'service_account',
    client_email: 'load@test.iam.gserviceaccount.com',
    private_key: privateKey,
    private_key_id: '1',
    project_id: 'test',
    quota_project_id: 'pays',
  },
  user: { type: 'authorized_user', client_id: 'id', client_secret: 'secret', refresh_token: '1//refresh' },
  external: (host: string, subjectFile: string) => ({
    type: 'external_account',
    audience: '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/q',
    subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
    token_url: `http://${host}/token`,
    credential_source: { file: subjectFile },
  }),
};
