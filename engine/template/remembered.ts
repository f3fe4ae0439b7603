/**
 * `make`, remembering what it gave for the last texts: at most `limit`, of which the oldest goes first. For what is
 * costly to read and mostly the same: date patterns, regular expressions, paths, text with holes that comes at run time.
 * The same text as the last time is not even looked up.
 */
export function remembered<T>(make: (text: string) => T, limit = 100): (text: string) => T {
  const known = new Map<string, { readonly value: T }>();
  let lastText: string | null = null;
  let last: T;
  return (text) => {
    if (text === lastText) return last;
    const found = known.get(text) ?? { value: make(text) };
    if (!known.has(text)) forgetOldest(known, limit - 1);
    known.set(text, found);
    lastText = text;
    return (last = found.value);
  };
}

function forgetOldest(known: Map<string, unknown>, limit: number): void {
  for (const oldest of known.keys()) {
    if (known.size <= limit) break;
    known.delete(oldest);
  }
}
