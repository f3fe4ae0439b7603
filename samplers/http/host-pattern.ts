/** Whether a host is meant by a pattern: its own name, or one with a `*` for anything; in any case of letters. */
export function isHostMeant(pattern: string, host: string): boolean {
  const [first = '', ...rest] = pattern.toLowerCase().split('*');
  const name = host.toLowerCase();
  if (rest.length === 0) return name === first;
  if (!name.startsWith(first)) return false;
  const last = rest.pop() ?? '';
  let from = first.length;
  for (const part of rest) {
    const at = name.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return name.length - last.length >= from && name.endsWith(last);
}

/** The most exact of the patterns that mean a host: the name itself, else the longest. */
export function nearestPattern(patterns: readonly string[], host: string): string | undefined {
  let nearest: string | undefined;
  for (const pattern of patterns) {
    if (!isHostMeant(pattern, host)) continue;
    if (!pattern.includes('*')) return pattern;
    if (nearest === undefined || pattern.length > nearest.length) nearest = pattern;
  }
  return nearest;
}
