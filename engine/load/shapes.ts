/** A mapping of the author's. Keys such as `__proto__` never come this far. */
export type Mapping = Readonly<Record<string, unknown>>;

export function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** The mapping, or an empty one for anything else: what is wrong with it has been reported by then. */
export function mappingOrEmpty(value: unknown): Mapping {
  return isMapping(value) ? value : {};
}

/** The list, or an empty one for anything else. */
export function listOrEmpty(value: unknown): readonly unknown[] {
  return isList(value) ? value : [];
}

/** `a, b, c`. At most twenty, so that a message stays readable. */
export function nameList(names: Iterable<string>): string {
  const all = [...names];
  const shown = all.slice(0, 20).join(', ');
  return all.length > 20 ? `${shown} and ${all.length - 20} more` : shown || 'none';
}

/** A value of the author's, for a message: `"many"`, `5`, `nothing`, `a list`. */
export function describeFound(value: unknown, source?: string): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object') return 'a mapping';
  if (typeof value === 'string') return quote(value);
  return source ?? JSON.stringify(value);
}

/** In quotes, control characters escaped, and cut to a length that fits a message. */
export function quote(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}…` : text);
}
