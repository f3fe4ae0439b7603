type Headers = readonly (readonly [name: string, value: string])[];

/** Headers whose values give access: no listener shows them. */
const masked: ReadonlySet<string> = new Set([
  'authorization',
  'proxy-authorization',
  'cookie',
  'set-cookie',
  'x-api-key',
  'x-auth-token',
  'x-goog-api-key',
]);

export function givesAccess(name: string): boolean {
  return masked.has(name.toLowerCase());
}

/** A line each, `name: value`, as they were sent; secrets and what gives access are `***`. */
export function shownHeaders(headers: Headers, redact: (text: string) => string): string[] {
  return headers.map(([name, value]) => `${name}: ${givesAccess(name) ? '***' : redact(value)}`);
}
