import type { IncomingHttpHeaders } from 'node:http';
import { inside, textInside } from '../google/inside.ts';
import {
  checkAnswer,
  checkDeletion,
  UnexpectedAnswer,
  type CheckedAnswer,
  type Expectation,
} from '../google/unexpected-answer.ts';

const named: Expectation = {
  expected: 'an object or a bucket (name)',
  holds: (body) => textInside(body, 'name') !== undefined,
};

const listed: Expectation = {
  expected: 'a list of objects (kind storage#objects)',
  holds: (body) => inside(body, 'kind') === 'storage#objects' || Array.isArray(inside(body, 'items')),
};

/** 308 goes on with a session, and elsewhere is no success. */
function isChecked(method: string, status: number): boolean {
  return status === 308 ? method !== 'PUT' : status >= 200 && status <= 299;
}

/** Throws an `UnexpectedAnswer` when a success of the JSON API is not what was asked for. */
export function checkSuccess(
  { method, url }: { readonly method: string; readonly url: string },
  answer: CheckedAnswer,
): void {
  if (!isChecked(method, answer.status)) return;
  const [path = '', query = ''] = url.split('?', 2);
  const isBegun = method === 'POST' && /(^|&)uploadType=resumable(&|$)/.test(query);
  // What begins an upload is answered by an address, and content by content.
  if (isBegun || /(^|&)alt=media(&|$)/.test(query)) return;
  if (method === 'DELETE') checkDeletion(answer);
  else checkAnswer(answer, method === 'GET' && path.endsWith('/o') ? listed : named);
}

/**
 * Throws an `UnexpectedAnswer` when a download did not come from Cloud Storage: content can be anything, but the service
 * and its emulators send it with headers of their own (`x-goog-generation`, `x-goog-hash`), which no log-in page has.
 */
export function checkContent(status: number, headers: IncomingHttpHeaders, start: string): void {
  if (Object.keys(headers).some((name) => name.startsWith('x-goog-'))) return;
  const contentType = headers['content-type'] ?? '';
  throw new UnexpectedAnswer({ status, contentType }, start, 'the content of an object (x-goog- headers)');
}
