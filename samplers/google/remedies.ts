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
  403: 'The account lacks the permission.',
  429: fewer,
};

const refusedToken =
  'The credentials were not accepted, nor was a new token. Is the key still valid, the account enabled, and the clock of this machine right?';
const noToken =
  'No credentials were sent: an endpoint that is not Google’s gets none. A stand-in must do without, or the plan leave endpoint out.';

/** What to do about a refusal of one of Google's APIs; empty where nothing is known. `isSignedIn`: the request said who asks. */
export function remedyFor(status: number, reason: string, isSignedIn: boolean): string {
  if (status === 401) return isSignedIn ? refusedToken : noToken;
  return (Object.hasOwn(byReason, reason) ? byReason[reason] : byStatus[status]) ?? '';
}

/** A sentence of somebody else's, with its full stop. */
export function sentenceOf(text: string): string {
  const bare = text.replace(/[.\s]+$/, '');
  return /[!?…:]$/.test(bare) ? bare : `${bare}.`;
}
