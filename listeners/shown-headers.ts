type Headers = readonly (readonly [name: string, value: string])[];

/** Headers whose values give access: no listener shows them. `X-Vault-Token`, `api-key`, `Ocp-Apim-Subscription-Key` … */
const giving =
  /^(proxy-)?authorization$|^(set-)?cookie$|token$|api-?key$|(access|private|functions|subscription)-key$|secret|signature$|password$/i;

export function givesAccess(name: string): boolean {
  return giving.test(name);
}

/** A line each, `name: value`, as they were sent; secrets and what gives access are `***`. */
export function shownHeaders(headers: Headers, redact: (text: string) => string): string[] {
  return headers.map(([name, value]) => `${name}: ${givesAccess(name) ? '***' : redact(value)}`);
}
