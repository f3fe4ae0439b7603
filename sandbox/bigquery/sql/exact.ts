/** The call of a macro that has a variant for each type: within a lambda DuckDB knows the types, also of aggregates. */
export function exactly(name: string, first: string, second?: string): string {
  if (second === undefined) return `list_transform([${first}], lambda v: bq_exact_${name}(v))[1]`;
  return `list_transform([{'a': ${first}, 'b': ${second}}], lambda v: bq_exact_${name}(v.a, v.b))[1]`;
}
