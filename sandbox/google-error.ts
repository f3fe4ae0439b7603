import type { JsonObject } from './json.ts';

/** An error as Google's JSON APIs tell it: `{ error: { code, message, errors: [{ reason, … }] } }`. */
export function errorBody(code: number, reason: string, message: string, location?: string): JsonObject {
  const error = { message, domain: 'global', reason, ...(location !== undefined && { location }) };
  return { error: { code, message, errors: [error], status: statusOf(code) } };
}

const statuses: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  409: 'ALREADY_EXISTS',
  412: 'FAILED_PRECONDITION',
  429: 'RESOURCE_EXHAUSTED',
  501: 'UNIMPLEMENTED',
  503: 'UNAVAILABLE',
};

function statusOf(code: number): string {
  return statuses[code] ?? (code < 500 ? 'INVALID_ARGUMENT' : 'INTERNAL');
}
