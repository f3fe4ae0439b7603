/** A scalar as text; what is not one as JSON. */
export function scalarText(value: unknown): string {
  if (typeof value === 'string') return value;
  return JSON.stringify(value);
}
