/** What can be wrong with a row. */
export const badKinds = [
  'missing_values',
  'wrong_types',
  'outliers',
  'format_errors',
  'duplicates',
  'malformed',
] as const;
export type BadKind = (typeof badKinds)[number];
