/** Whether a code is one of `200`, `2xx`, `invalidQuery` …; `x` in a class stands for any digit. */
export function statusMatcher(codes: readonly string[]): (code: string) => boolean {
  const exact = new Set(codes.filter((code) => !/^[\dx]{3}$/i.test(code) || /^\d+$/.test(code)));
  const patterns = codes
    .filter((code) => !exact.has(code))
    .map((code) => new RegExp(`^${code.replaceAll(/x/gi, '\\d')}$`));
  return (code) => exact.has(code) || patterns.some((pattern) => pattern.test(code));
}

/** `200`, or `200, 404 or 409`. */
export function listed(codes: readonly string[]): string {
  return codes.length < 2 ? codes.join('') : `${codes.slice(0, -1).join(', ')} or ${codes.at(-1) ?? ''}`;
}
