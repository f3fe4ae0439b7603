/**
 * `make`, remembering what it gave for the last texts: at most `limit`, of which the oldest goes first. For what is
 * costly to read and mostly the same: date patterns, regular expressions, text with holes that comes at run time.
 */
export function remembered<T extends object>(make: (text: string) => T, limit = 100): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text);
    if (found) return found;
    const made = make(text);
    for (const oldest of known.keys()) {
      if (known.size < limit) break;
      known.delete(oldest);
    }
    known.set(text, made);
    return made;
  };
}
