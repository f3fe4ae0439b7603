import { expect, it } from 'vitest';
import { remedyFor } from './remedies.ts';

it.each([
  [403, 'accessDenied', /Is the project the right one/],
  [403, 'quotaExceeded', /A quota is used up/],
  [403, 'rateLimitExceeded', /fewer requests/],
  [403, 'forbidden', /lacks the permission/],
  [401, '', /not accepted/],
  [429, 'somethingNew', /retries: makes the client try again/],
  [404, 'notFound', /^$/],
  [500, 'constructor', /^$/],
])('what to do about %i %s', (status, reason, remedy) => {
  expect(remedyFor(status, reason, true)).toMatch(remedy);
});
