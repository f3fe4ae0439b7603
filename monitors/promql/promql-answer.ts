/**
 * The answers of Prometheus's query API (prometheus.io/docs/prometheus/latest/querying/api):
 * `{"status":"success","data":{"resultType":"vector","result":[{"metric":{…},"value":[1700000000.1,"42"]}]}}`, and
 * `{"status":"error","errorType":"bad_data","error":"…"}` with a status from 400 on.
 */
export interface Refusal {
  readonly message: string;
  /** The query is wrong; other refusals may pass. */
  readonly isOfQuery: boolean;
}

const shownChars = 200;

/** Why there is no result; null when there is one. */
export function promqlRefusal(status: number, text: string): Refusal | null {
  const answer = parsed(text);
  if (field(answer, 'status') === 'success' && status < 300) return null;
  const errorType = field(answer, 'errorType');
  const error = field(answer, 'error');
  if (typeof error === 'string') {
    const message = `${typeof errorType === 'string' ? `${errorType}: ` : ''}${error}`;
    return { message: shortText(message), isOfQuery: errorType === 'bad_data' };
  }
  return { message: statusText(status, text), isOfQuery: false };
}

/** The one number of a successful answer. Throws an `Error` that says what else it holds. */
export function promqlValue(text: string): number {
  const data = field(parsed(text), 'data');
  const result = field(data, 'result');
  const type = field(data, 'resultType');
  if (type === 'scalar') return numberOf(result);
  if (type === 'matrix') {
    throw new Error(
      'the query gives a range vector; a monitor takes one number. Write rate(…) or avg_over_time(…)',
    );
  }
  if (type !== 'vector' || !Array.isArray(result)) {
    throw new Error(`expected a scalar or a vector, found ${JSON.stringify(type ?? shortText(text))}`);
  }
  const series: readonly unknown[] = result;
  const [only, ...more] = series;
  if (only === undefined) throw new Error('the query gives no series; nothing it selects exists now');
  if (more.length > 0) {
    throw new Error(
      `the query gives ${String(series.length)} series; a monitor takes one number. Write sum(…) or max(…), or select by labels`,
    );
  }
  const value = field(only, 'value');
  if (value === undefined)
    throw new Error('the query gives a histogram; a monitor takes one number. Write histogram_quantile(…)');
  return numberOf(value);
}

/** `[1700000000.1, "42"]`. */
function numberOf(pair: unknown): number {
  const text: unknown = Array.isArray(pair) ? pair[1] : undefined;
  const value = typeof text === 'string' && text !== '' ? Number(text) : Number.NaN;
  if (Number.isFinite(value)) return value;
  throw new Error(
    `the value is ${typeof text === 'string' ? text : JSON.stringify(pair)}, which is no number`,
  );
}

function statusText(status: number, text: string): string {
  if (status === 401 || status === 403)
    return `HTTP ${String(status)}: it asks for credentials. Send them under headers:`;
  if (status >= 300) return `HTTP ${String(status)}: ${shortText(text) || 'no text'}`;
  return `expected an answer of the Prometheus query API, found ${JSON.stringify(shortText(text))}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function shortText(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > shownChars ? `${line.slice(0, shownChars - 1)}…` : line;
}
