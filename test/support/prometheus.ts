import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** How it answers: a value, a whole answer with its status, or not at all. */
export type PrometheusAnswer =
  number | { readonly status: number; readonly text: string } | 'silence' | 'reset';

/** A server that answers PromQL, made of bare sockets: every query gets the same answer until it is changed. */
export class PrometheusStandIn {
  answer: PrometheusAnswer = 1;
  /** First lines and headers of the requests. */
  readonly requests: string[] = [];
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket)).on('error', () => undefined);
      socket.setEncoding('latin1').on('data', (text: string) => this.#asked(socket, text));
    });
  }

  static async start(port = 0): Promise<PrometheusStandIn> {
    const standIn = new PrometheusStandIn();
    await new Promise<void>((resolve) => standIn.#server.listen(port, '127.0.0.1', resolve));
    return standIn;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    if (this.#server.listening) await new Promise((resolve) => this.#server.close(resolve));
  }

  #asked(socket: Socket, request: string): void {
    this.requests.push(request);
    const { answer } = this;
    if (answer === 'silence') return;
    if (answer === 'reset') {
      socket.resetAndDestroy();
      return;
    }
    const { status, text } =
      typeof answer === 'number'
        ? {
            status: 200,
            text: `{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1700000000.1,"${answer}"]}]}}`,
          }
        : answer;
    socket.write(
      `HTTP/1.1 ${status} X\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
    );
  }
}
