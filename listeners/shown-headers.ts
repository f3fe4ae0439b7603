import { givesAccess } from './access-names.ts';

type Headers = readonly (readonly [name: string, value: string])[];

/** A line each, `name: value`, as they were sent; secrets and what gives access are `***`. */
export function shownHeaders(headers: Headers, redact: (text: string) => string): string[] {
  return headers.map(([name, value]) => `${name}: ${givesAccess(name) ? '***' : redact(value)}`);
}
