import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server for tests: remembers what it was asked, and answers as told. */
export class Target {
  readonly requests: {
    readonly method: string;
    readonly path: string;
    readonly headers: IncomingMessage['headers'];
    readonly body: string;
  }[] = [];
  readonly #server: Server;

  private constructor(answer: (path: string, response: ServerResponse) => void) {
    this.#server = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (text: string) => (body += text));
      request.on('end', () => {
        const { method = '', url = '', headers } = request;
        this.requests.push({ method, path: url, headers, body });
        answer(url, response);
      });
    });
  }

  /** Answers `/slow` after 10 s, `/fail` with 500, anything else with a small JSON text at once. */
  static async start(): Promise<Target> {
    const target = new Target((path, response) => {
      const answer = () => {
        response.writeHead(path.startsWith('/fail') ? 500 : 200, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ id: 42, path, items: [{ id: 'a' }, { id: 'b' }] }));
      };
      if (path.startsWith('/slow')) setTimeout(answer, 10_000).unref();
      else answer();
    });
    await new Promise<void>((resolve) => target.#server.listen(0, '127.0.0.1', resolve));
    return target;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    if (!this.#server.listening) return;
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
