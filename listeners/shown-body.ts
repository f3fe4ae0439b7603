import type { SampleDetail } from '../engine/model/sample.ts';
import { charsetOf } from '../engine/text/charset-of.ts';
import { exactText } from '../engine/text/read-text.ts';

/** How much longer than its limit a body is asked for, so that a secret at the limit is seen whole. */
export const redactionSlack = 8192;

export interface ShownText {
  readonly text: string;
  readonly isCut: boolean;
}

/** A text of which `redactionSlack` more came than is to be shown: redacted, then cut. */
export function shownText(
  text: string,
  {
    isCut,
    limit,
    redact,
  }: { readonly isCut: boolean; readonly limit: number; readonly redact: (text: string) => string },
): ShownText {
  const redacted = redactedBody(text, redact);
  // The end of a text that was cut may be part of a secret.
  const sure = isCut ? redacted.slice(0, Math.max(0, redacted.length - redactionSlack)) : redacted;
  return { text: sure.slice(0, limit), isCut: isCut || sure.length > limit };
}

/** A text that may begin or end in the middle of a secret, as a part of an answer does: the ellipses say so to the mask. */
export function redactedBody(text: string, redact: (text: string) => string): string {
  return text === '' ? '' : redact(`…${text}…`).slice(1, -1);
}

/** The text of a body in its charset; null when it is none. Of a body that was cut, a last character may be missing. */
export function bodyText({ body, bodyBytes, contentType }: ShownBody): string | null {
  return exactText(body, charsetOf(body, contentType).name, body.length < bodyBytes);
}

type ShownBody = Pick<SampleDetail, 'body' | 'bodyBytes' | 'contentType'>;
