const fewer = 'The service asks for fewer requests; retries: makes the client try again.';
const quota = 'A quota is used up: ask for less at a time, or for a larger quota.';

/** By reason: what Google's APIs call it (cloud.google.com/bigquery/docs/error-messages). */
const byReason: Readonly<Record<string, string>> = {
  accessDenied: 'Is the project the right one, and may the account run jobs in it and read the data?',
  quotaExceeded: quota,
  dailyLimitExceeded: quota,
  rateLimitExceeded: fewer,
  userRateLimitExceeded: fewer,
  jobRateLimitExceeded: fewer,
};

/** By status, where the reason says nothing. */
const byStatus: Readonly<Record<number, string>> = {
  401: 'The credentials were not accepted.',
  403: 'The account lacks the permission.',
  429: fewer,
};

/** What to do about a refusal of one of Google's APIs; empty where nothing is known. */
export function remedyFor(status: number, reason: string): string {
  return (Object.hasOwn(byReason, reason) ? byReason[reason] : byStatus[status]) ?? '';
}
