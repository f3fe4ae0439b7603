import type { Json, JsonObject } from '../json.ts';
import type { Answer } from './route.ts';

/** `{ status: 'success', data }`. */
export function success(data: Json, status = 200): Answer {
  return { status, body: { status: 'success', data } };
}

export const noContent: Answer = { status: 204, body: null };

/** The request cannot be granted: thrown by a handler, becomes `{ status: 'error', error: { code, message } }`. */
export class Refusal extends Error {
  readonly answer: Answer;

  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    const body: JsonObject = { status: 'error', error: { code, message } };
    this.answer = { status, body, headers };
  }
}

/** 400: says what was expected and what was found. */
export function badRequest(message: string): Refusal {
  return new Refusal(400, 'bad_request', message);
}

export function unauthorized(message: string): Refusal {
  return new Refusal(401, 'unauthorized', message, { 'www-authenticate': 'Bearer' });
}

export function notFound(message: string): Refusal {
  return new Refusal(404, 'not_found', message);
}

export function conflict(message: string): Refusal {
  return new Refusal(409, 'conflict', message);
}
