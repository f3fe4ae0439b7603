import type { Outcome } from '../../engine/model/sample.ts';
import type { Keep } from '../../engine/model/sampler.ts';
import { decode } from './decode.ts';
import type { Answer, Operation } from './exchange.ts';
import type { Fault } from './fault.ts';
import { circumstances, faultOf } from './fault.ts';
import { keepsAll, keepsNone } from './kept-bodies.ts';
import type { HttpRequest } from './request.ts';
import { dataTypeOf, findHeader, findHeaders, headerPairs } from './response-headers.ts';
import type { HttpConfig } from './schema.ts';
import { sentRequest, toldRequest } from './sent-request.ts';
import { urlOf } from './target.ts';

/** An outcome that is still being filled; spreading it would cost as much as all the rest. */
export type Draft = { -readonly [K in keyof Outcome]: Outcome[K] };

/** What an answer amounts to, without its body: all that a hop on the way needs. */
export function outcomeOf(answer: Answer, fault: Fault | null = answer.fault): Draft {
  const { status, statusText, bytesReceived, bytesSent, request } = answer;
  const url = urlOf(request.target);
  const shown = request.told && { shown: { url: urlOf(request.told.target) } };
  if (fault !== null) return { ...failed(fault), bytesReceived, bytesSent, url, ...shown };
  return {
    ok: status >= 200 && status < 400,
    code: String(status),
    message: statusText,
    dataType: dataTypeOf(answer.headers),
    bytesReceived,
    bytesSent,
    url,
    ...shown,
  };
}

/** The outcome of a request that was never sent. */
export function failed({ code, message, failure }: Fault): Draft {
  return { ok: false, code, message, failure, dataType: 'text', bytesReceived: 0, bytesSent: 0, url: null };
}

/** The outcome of a request that the cache spared, as JMeter's mode `RETURN_200_CACHE` gives it. */
export function fromCache({ target, told }: HttpRequest): Outcome {
  const url = urlOf(target);
  return {
    ok: true,
    code: '200',
    message: '(ex cache)',
    dataType: 'text',
    bytesReceived: 0,
    bytesSent: 0,
    url,
    ...(told && { shown: { url: urlOf(told.target) } }),
  };
}

/** What of an answer is kept, and how it is read. */
interface Content extends Pick<Operation, 'config' | 'keepsBody' | 'onlyShown'> {
  readonly context: Keep;
}

/** Adds the headers and the body if something reads them. A promise only when there is something to decompress. */
export function withContent(
  outcome: Draft,
  answer: Answer,
  { config, context, keepsBody, onlyShown }: Content,
): Outcome | Promise<Outcome> {
  if (context.keepHeaders) outcome.headers = headerPairs(answer.headers);
  if (context.keepRequest) {
    outcome.request = sentRequest(answer);
    if (outcome.shown) outcome.shown = { ...outcome.shown, request: toldRequest(answer) };
  }
  if (!keepsBody(answer.headers)) return outcome;
  const { chunks, headers, fault } = answer;
  const body = chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
  outcome.body = body;
  const type = findHeader(headers, 'content-type');
  if (type !== undefined) outcome.contentType = type.toString('latin1');
  const isCoded =
    config.decompress && fault === null && findHeader(headers, 'content-encoding') !== undefined;
  return isCoded ? withDecoded(outcome, { answer, body, fails: !onlyShown }, config) : outcome;
}

/** The same for an answer that is a part. The outcome stays as it is. */
export async function partOf(
  outcome: Draft,
  answer: Answer,
  { config, context }: Operation,
): Promise<Outcome> {
  const { keepOfParts: keep } = context;
  if (keep === null) return outcome;
  const keepsBody = keep.keepBody ? keepsAll : keepsNone;
  return withContent({ ...outcome }, answer, { config, context: keep, keepsBody, onlyShown: false });
}

async function withDecoded(
  outcome: Draft,
  { answer, body, fails }: { answer: Answer; body: Buffer; fails: boolean },
  { maxResponseSize }: HttpConfig,
): Promise<Outcome> {
  const decoded = await decode(body, findHeaders(answer.headers, 'content-encoding'), maxResponseSize);
  if (decoded.cause === undefined) return { ...outcome, body: decoded.body };
  // Nothing but a listener would read it, which shows it as it came.
  if (!fails) return outcome;
  const facts = {
    ...circumstances(answer.request.target.origin.host, decoded.detail),
    bodyBytes: body.length,
  };
  const { code, message, failure } = faultOf(decoded.cause, facts);
  return { ...outcome, ok: false, code, message, failure };
}
