/** What stands for the id of the issue in the operations that come after its injection. */
export const idPlaceholder = '{issueId}';

/** The same with the id in its place, in all texts. */
export function withId(value: unknown, id: string): unknown {
  if (typeof value === 'string') return value.replaceAll(idPlaceholder, id);
  if (Array.isArray(value)) return value.map((one) => withId(one, id));
  return typeof value === 'object' && value !== null ? withIdInside({ ...value }, id) : value;
}

export function withIdInside(config: Readonly<Record<string, unknown>>, id: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(config).map(([key, value]) => [key, withId(value, id)]));
}
