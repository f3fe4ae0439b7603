/** A value of an answer as text; `none` where there is no text. */
export function shownText(value: unknown): string {
  return typeof value === 'string' ? value : 'none';
}

/** The keys of an answer that is an object; none of anything else. */
export function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
