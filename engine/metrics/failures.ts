import type { Sample } from '../model/sample.ts';

/** Where failures are counted whose text came too late to be kept apart. */
export const otherFailures = '(other failures)';

const longestText = 200;

const transport = { code: 'Non HTTP response code: ', message: 'Non HTTP response message: ' };

/**
 * What a failed sample is counted under: `503 Service Unavailable`, or, where the status does not tell,
 * the failed assertion. JMeter's rule (report generator, `ErrorsSummaryConsumer`): the code decides
 * unless it is a success (200 to 399). Without an answer, the cause and JMeter's exception:
 * `connect.refused: Connection refused (java.net.ConnectException)`.
 */
export function failureText(sample: Sample): string {
  const text = sample.code.startsWith(transport.code) ? transportText(sample) : answerText(sample);
  return shortFailure(text);
}

/** Cut to a length that fits a row. */
export function shortFailure(text: string): string {
  return text.length > longestText ? `${text.slice(0, longestText - 1)}…` : text;
}

function transportText({ code, message, failure }: Sample): string {
  const cause = /^[a-z]+\.[a-z_0-9]+: /.exec(failure)?.[0] ?? '';
  return `${cause}${message.replace(transport.message, '')} (${code.slice(transport.code.length)})`;
}

function answerText({ code, message, failure }: Sample): string {
  const status = Number(code);
  const codeTells = code !== '' && !(status >= 200 && status < 400);
  return failure !== '' && !codeTells ? failure : `${code} ${message}`.trim() || 'failed';
}

/** How often each text was seen, of at most `limit` different ones. */
export class FailureCounts {
  readonly #limit: number;
  #counts = new Map<string, number>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(text: string, count: number): void {
    const known = this.#counts.get(text);
    const key = known === undefined && this.#counts.size >= this.#limit ? otherFailures : text;
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + count);
  }

  /** A map without prototype surprises: texts come from servers. */
  toRecord(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#counts);
  }

  clear(): void {
    if (this.#counts.size > 0) this.#counts = new Map();
  }
}
