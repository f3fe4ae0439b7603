import type { Outcome, SentRequest, ShownOutcome } from '../model/sample.ts';
import type { Told } from '../template/told.ts';
import { withoutSecrets } from '../template/without-secrets.ts';
import type { Measured } from './measured.ts';

/** What was measured, with what people may see of it; elements go on to read what was sent and came. */
export function maskedMeasured(measured: Measured, told: Told<unknown>): Measured {
  const mask = (text: string) => withoutSecrets(text, told);
  return {
    ...measured,
    outcome: maskedOutcome(measured.outcome, mask),
    parts: measured.parts.map((part) => ({ ...part, outcome: maskedOutcome(part.outcome, mask) })),
  };
}

function maskedOutcome(outcome: Outcome, mask: (text: string) => string): Outcome {
  const { message, failure, explanation } = outcome;
  const shown = outcome.shown ?? lookedThrough(outcome, mask);
  // The URL first: a short secret at its end is part of a longer word.
  const hide = (text: string) => mask(maskedFailure(text, { ...outcome, shown }));
  return {
    ...outcome,
    ...(failure !== undefined && { failure: hide(failure) }),
    ...(explanation !== undefined && { explanation: hide(explanation) }),
    shown: { ...shown, message: outcome.ok ? message : hide(message) },
  };
}

/** For a sampler that knows nothing of secrets. */
function lookedThrough({ url, request }: Outcome, mask: (text: string) => string): ShownOutcome {
  return { url: url === null ? null : mask(url), ...(request && { request: maskedRequest(request, mask) }) };
}

function maskedRequest(
  { method, url, headers, body }: SentRequest,
  mask: (text: string) => string,
): SentRequest {
  const shown = headers.map(([name, value]) => [name, mask(value)] as const);
  return { method, url: mask(url), headers: shown, body: mask(body) };
}

/** Why a sample failed: an assertion may quote the URL or the request. */
export function maskedFailure(failure: string, { url, request, shown }: Outcome): string {
  if (!shown || failure === '') return failure;
  return withoutSecrets(failure, { value: { url, request }, shown });
}
