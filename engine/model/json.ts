/** Any value that JSON can hold. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** The value of a JSON text. Throws a `SyntaxError`. */
export function parseJson(text: string): Json {
  // eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- JSON.parse gives any; it is JSON by its nature
  const value: Json = JSON.parse(text);
  return value;
}

/** The value of a text; undefined when it is not JSON. */
export function jsonIn(text: string): Json | undefined {
  if (text === '') return undefined;
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
