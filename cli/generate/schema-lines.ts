import type { Column } from '../../engine/generate/rows/column.ts';
import { schemaNamed, schemaNames } from '../../engine/generate/rows/schemas.ts';

/** The schemas with their columns, as `columns:` in a plan has them. */
export function schemaLines(): string[] {
  return schemaNames
    .flatMap((name) => {
      const columns = Object.entries(schemaNamed(name).columns);
      return [
        '',
        `${name}: # ${columns.length} columns`,
        ...columns.map(([key, column]) => `  ${key}: ${flow(column)}`),
      ];
    })
    .slice(1);
}

function flow(column: Column): string {
  const parts = Object.entries(column).map(
    ([key, value]) => `${key}: ${Array.isArray(value) ? `[${value.join(', ')}]` : String(value)}`,
  );
  return `{ ${parts.join(', ')} }`;
}
