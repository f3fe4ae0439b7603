import { messageOf } from '../../engine/model/errors.ts';
import type { Outcome } from '../../engine/model/sample.ts';
import { causeOf, detailOf } from '../http/cause.ts';
import { fault, plainFault, type Fault, type Stage } from '../http/fault.ts';
import { CredentialsError } from './find-credentials.ts';
import { listInside, textInside } from './inside.ts';
import { remedyFor, sentenceOf } from './remedies.ts';
import { UnexpectedAnswer } from './unexpected-answer.ts';
import { withoutTokens } from './without-tokens.ts';

/** What an API of Google's answered instead of what was asked for: an HTTP status, and its reason (`quotaExceeded`). */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure';
  /** The HTTP status; the official clients look at it. */
  readonly code: number;
  /** Empty when the answer gives none. */
  readonly reason: string;
  /** Whether the request said who asks. */
  readonly isSignedIn: boolean;
  /** What the same request met before: nothing, as it is the first; refusals; or an answer that was lost, after which it may have been carried out. */
  before: 'nothing' | 'refusals' | 'a lost answer' = 'nothing';

  constructor(code: number, reason: string, message: string, isSignedIn = false) {
    super(message);
    this.code = code;
    this.reason = reason;
    this.isSignedIn = isSignedIn;
  }
}

/** A job that ended in an error: HTTP went well, so the reason is the code. */
export class JobFailure extends Error {
  override readonly name = 'JobFailure';
  readonly reason: string;

  constructor(reason: string, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** There is no whole answer. */
export class TransportFailure extends Error {
  override readonly name = 'TransportFailure';
  readonly fault: Fault;

  constructor(given: Fault) {
    super(given.failure);
    this.fault = given;
  }
}

/** `explanation` instead of `failure`: the code is one that `expect` may name. */
type Failed = Pick<Outcome, 'code' | 'message' | 'failure' | 'explanation'>;

/** An error of the network as a failure, in the words of the `http` sampler. */
export function transportFailure(error: unknown, host: string, stage: Stage): TransportFailure {
  if (error instanceof TransportFailure) return error;
  const known = error instanceof Error ? error : new Error(String(error));
  const isSlow = 'code' in known && known.code === 'UND_ERR_CONNECT_TIMEOUT';
  const cause = isSlow ? 'connect.timeout' : causeOf(known, stage, false);
  const detail = withoutTokens(detailOf(known));
  return new TransportFailure(
    plainFault(cause, { host, detail, stage, reused: false, bodyBytes: 0, expectedBytes: null, limitMs: 0 }),
  );
}

/** The answer of an API with a status that is no success. Its form: cloud.google.com/apis/design/errors, and HTML from proxies. */
export function apiFailure(
  status: number,
  statusText: string,
  body: unknown,
  isSignedIn: boolean,
): ApiFailure {
  const [first] = listInside(body, 'error', 'errors');
  const reason = textInside(first, 'reason') ?? textInside(body, 'error', 'status') ?? '';
  const text = typeof body === 'string' ? (body.trim().split('\n', 1)[0] ?? '').slice(0, 200) : '';
  const message = textInside(body, 'error', 'message') ?? (text || statusText || 'no explanation');
  return new ApiFailure(status, reason, withoutTokens(message), isSignedIn);
}

/** Code, message and cause of whatever an operation threw. */
export function failedAs(error: unknown): Failed {
  if (error instanceof TransportFailure) return error.fault;
  if (error instanceof UnexpectedAnswer) {
    return { code: String(error.code), message: error.message, failure: error.message };
  }
  if (error instanceof ApiFailure) {
    const { code, reason, message, isSignedIn } = error;
    const remedy = remedyFor(code, reason, isSignedIn);
    const sentence = told(reason || `HTTP ${code}`, withRemedy(message, remedy));
    // Where the code is a status, summaries show the message.
    return { code: String(code), message: sentence, explanation: sentence };
  }
  if (error instanceof JobFailure) {
    return { code: error.reason, message: error.message, explanation: told(error.reason, error.message) };
  }
  if (error instanceof CredentialsError) {
    return fault('credentials', {
      exception: 'CredentialsError',
      message: 'no credentials',
      sentence: error.message.replace(/\.$/, ''),
    });
  }
  return ofClient(error);
}

/** Errors that the official clients make themselves: of a job, or of rows that were refused. */
function ofClient(error: unknown): Failed {
  const errors = listInside(error, 'errors');
  const [first] = errors;
  const [ofRow] = listInside(first, 'errors');
  const reason = textInside(ofRow, 'reason') ?? textInside(first, 'reason');
  const message = textInside(ofRow, 'message') ?? textInside(first, 'message') ?? safeMessageOf(error);
  if (reason === undefined) {
    return fault('client', { exception: nameOf(error), message, sentence: message.replace(/\.$/, '') });
  }
  const rows = ofRow === undefined ? '' : `${errors.length} rows were refused; the first: `;
  return { code: reason, message, explanation: told(reason, rows + message) };
}

function withRemedy(message: string, remedy: string): string {
  return remedy === '' ? message : `${sentenceOf(message)} ${remedy}`;
}

function told(reason: string, message: string): string {
  return `${reason}: ${message}`;
}

function safeMessageOf(error: unknown): string {
  return withoutTokens(messageOf(error)).slice(0, 500);
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'Error';
}
