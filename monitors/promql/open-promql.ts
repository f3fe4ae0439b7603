import { UserError } from '../../engine/model/errors.ts';
import type { OpenMonitor, Reading } from '../../engine/model/monitor.ts';
import { askPromql, RefusedQuery } from './ask-promql.ts';

export interface PromqlOptions {
  readonly url: string;
  readonly query: string;
  readonly as: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Milliseconds. */
  readonly timeout: number;
}

/** A query with a mistake is worth waiting for before the run; a server that does not answer is not. */
const firstAnswerMs = 2000;

/** Asks once before the load: a query that the server refuses as wrong refuses the run. Anything else is told when it is read. */
export async function openPromql(options: PromqlOptions): Promise<OpenMonitor> {
  const { url, query, headers, timeout: timeoutMs } = options;
  const closing = new AbortController();
  const ask = (limitMs: number) => askPromql({ url, query, headers, limitMs, closing: closing.signal });
  await ask(Math.min(firstAnswerMs, timeoutMs)).catch((error: unknown) => {
    if (error instanceof RefusedQuery) throw new UserError(error.message);
  });
  return {
    limits: [],
    async read(): Promise<Reading> {
      return { [options.as]: await ask(timeoutMs) };
    },
    close() {
      closing.abort(new Error('the run is over'));
      return Promise.resolve();
    },
  };
}
