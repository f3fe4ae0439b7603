/** One entry for each value of each header. */
export function headerPairs(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): (readonly [name: string, value: string])[] {
  return Object.entries(headers).flatMap(([name, value]) =>
    [value ?? []].flat().map((one) => [name, one] as const),
  );
}

/** Headers of a request as they may be shown: as they were sent, but not who asks. */
export function shownHeaders(
  headers: Readonly<Record<string, string>>,
): (readonly [name: string, value: string])[] {
  return Object.entries(headers).map(
    ([name, value]) => [name, name.toLowerCase() === 'authorization' ? '***' : value] as const,
  );
}

/** As HTTP/1.1 writes them: `name: value` and a line's end for each, and the empty line. */
export function headerBytes(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): number {
  let bytes = 2;
  for (const name in headers) {
    const value = headers[name];
    if (typeof value === 'string') bytes += name.length + value.length + 4;
    else if (value !== undefined) for (const one of value) bytes += name.length + one.length + 4;
  }
  return bytes;
}
