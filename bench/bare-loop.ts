import { Client, type Dispatcher } from 'undici';

/**
 * A child process that does as little as can be done with undici: so many `Client`s, each sending the next request as
 * soon as it has the last answer. No template, no clock, no result. `node bare-loop.js <origin> <clients> <durationMs>`.
 */
const [origin = '', clients = '20', durationMs = '10000'] = process.argv.slice(2);
let isOver = false;
setTimeout(() => (isOver = true), Number(durationMs));

const request: Dispatcher.DispatchOptions = { method: 'GET', path: '/item/500' };

class Loop implements Dispatcher.DispatchHandler {
  readonly #client = new Client(origin, { pipelining: 1, headersTimeout: 0, bodyTimeout: 0 });

  next(): void {
    if (isOver) void this.#client.close();
    else this.#client.dispatch(request, this);
  }

  onConnect(): void {
    // Nothing to do; undici asks for the method.
  }

  onHeaders(): boolean {
    return true;
  }

  onData(): boolean {
    return true;
  }

  onComplete(): void {
    this.next();
  }

  onError(error: Error): void {
    throw error;
  }
}

for (let n = 0; n < Number(clients); n++) new Loop().next();
