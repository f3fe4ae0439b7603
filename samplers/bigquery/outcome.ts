import type { Outcome } from '../../engine/model/sample.ts';
import type { SampleContext } from '../../engine/model/sampler.ts';
import { failedAs, TransportFailure } from '../google/failure.ts';
import { withoutTokens } from '../google/without-tokens.ts';
import type { Exchange } from './exchange.ts';
import type { JobFacts } from './job-facts.ts';
import { metricsOf, metricsOfFailure } from './metrics.ts';
import type { Operation } from './operation.ts';
import type { Result } from './result.ts';

/** What is told of an operation that succeeded. Its code is the HTTP status of the last answer. */
export function succeeded(
  result: Result,
  { config, exchange, context }: Pick<Operation, 'config' | 'exchange' | 'context'>,
): Outcome {
  const { status, wasSo, bytesSent, bytesReceived, url, retried } = exchange;
  return {
    ok: true,
    code: String(status),
    message: wasSo ? 'as it should be already' : 'OK',
    dataType: 'text',
    bytesSent,
    bytesReceived,
    url,
    metrics: metricsOf(result, config, retried),
    ...contentOf(result, exchange, context),
  };
}

/** What is told of one that failed. `facts` is what was known by then. */
export function failed(
  error: unknown,
  { config, exchange, context }: Pick<Operation, 'config' | 'exchange' | 'context'>,
): Outcome {
  const { keepBody, keepHeaders, keepRequest } = context;
  const { bytesSent, bytesReceived, url, retried, request, headers } = exchange;
  const { code, message, ...why } = failedAs(error);
  const failure = why.failure ?? why.explanation;
  return {
    ok: false,
    code,
    message,
    ...why,
    dataType: 'text',
    bytesSent,
    bytesReceived,
    url,
    metrics: metricsOfFailure(config, {
      retried,
      isOpen: bytesSent > 0 && error instanceof TransportFailure,
    }),
    ...(keepBody ? { body: Buffer.from(JSON.stringify({ error: { code, message, failure } })) } : {}),
    ...(keepHeaders ? { headers } : {}),
    ...(keepRequest && request !== undefined ? { request } : {}),
  };
}

function contentOf(
  result: Result,
  exchange: Exchange,
  { keepBody, keepHeaders, keepRequest }: SampleContext,
): Partial<Outcome> {
  if (!keepBody && !keepHeaders && !keepRequest) return {};
  const { headers, request } = exchange;
  return {
    ...(keepBody ? { body: Buffer.from(JSON.stringify(bodyOf(result))) } : {}),
    ...(keepHeaders ? { headers: [...headers, ...headersOf(result)] } : {}),
    ...(keepRequest && request !== undefined ? { request } : {}),
  };
}

/** The answer as extractors and assertions see it. */
function bodyOf({ facts, rows, schema, hash, writtenRows, undone }: Result): object {
  const { jobId, location, ...statistics } = facts;
  return {
    jobId,
    location,
    rows,
    schema,
    writtenRows,
    resultHash: hash,
    statistics,
    statisticsFailure: undone === undefined ? undefined : withoutTokens(undone),
  };
}

/** Names of headers, and the facts that they tell. */
const told: Readonly<Record<string, keyof JobFacts>> = {
  'x-bigquery-job-id': 'jobId',
  'x-bigquery-location': 'location',
  'x-bigquery-cache-hit': 'isCacheHit',
  'x-bigquery-bytes-processed': 'bytesProcessed',
  'x-bigquery-bytes-billed': 'bytesBilled',
  'x-bigquery-slot-ms': 'slotMs',
  'x-bigquery-rows': 'rows',
};

function headersOf({ facts, hash }: Result): (readonly [string, string])[] {
  const values = Object.entries(told).flatMap(([name, key]) => {
    const value = facts[key];
    return value === undefined ? [] : [[name, String(value)] as const];
  });
  return hash === undefined ? values : [...values, ['x-bigquery-result-hash', hash]];
}
