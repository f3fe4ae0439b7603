/**
 * Makes something of a text, once for each of the last texts.
 *
 * Patterns and paths are made once per place; with templates in them there are several, and an endless series
 * of them must not fill the memory: past `limit` everything is forgotten.
 */
export function remembered<T>(make: (text: string) => T, limit = 64): (text: string) => T {
  const made = new Map<string, T>();
  let lastText: string | null = null;
  let last: T;
  return (text) => {
    if (text === lastText) return last;
    const known = made.get(text);
    const value = known ?? make(text);
    if (known === undefined) {
      if (made.size >= limit) made.clear();
      made.set(text, value);
    }
    lastText = text;
    return (last = value);
  };
}
