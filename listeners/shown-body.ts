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
  const redacted = redact(text);
  // The end of a text that was cut may be part of a secret.
  const sure = isCut ? redacted.slice(0, Math.max(0, redacted.length - redactionSlack)) : redacted;
  return { text: sure.slice(0, limit), isCut: isCut || sure.length > limit };
}

/** The text of a body in UTF-8; null when it is none. Of a body that was cut, a last character may be missing. */
export function bodyText(body: Uint8Array, isCut: boolean): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body, { stream: isCut });
  } catch {
    return null;
  }
}
