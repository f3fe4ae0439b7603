/** A value inside an answer by its path of keys; undefined when there is none. */
export function inside(value: unknown, ...path: readonly string[]): unknown {
  let found = value;
  for (const key of path) {
    if (typeof found !== 'object' || found === null) return undefined;
    // Of its own only: an answer has no `constructor`. (A descriptor for each would cost ten times as much.)
    found = Object.hasOwn(found, key) ? Reflect.get(found, key) : undefined;
  }
  return found;
}

/** A text that is not empty, or undefined. */
export function textInside(value: unknown, ...path: readonly string[]): string | undefined {
  const found = inside(value, ...path);
  return typeof found === 'string' && found !== '' ? found : undefined;
}

/** A list; empty when there is none. */
export function listInside(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const found = inside(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** A number; Google’s APIs write 64-bit ones as texts. Undefined when there is none. */
export function numberInside(value: unknown, ...path: readonly string[]): number | undefined {
  const found = inside(value, ...path);
  const number = typeof found === 'string' && found !== '' ? Number(found) : found;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}
