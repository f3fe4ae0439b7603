import { createRequire } from 'node:module';

const duckdb = '@duckdb/node-api';

/**
 * What to do when DuckDB, in which the sandbox keeps its tables, is not installed: a sentence; null when it is there. It is an
 * optional dependency, as it is larger than all others together and runs against other systems do not need it.
 */
export function withoutDuckdb(
  resolve: (name: string) => string = createRequire(import.meta.url).resolve,
): string | null {
  try {
    resolve(duckdb);
    return null;
  } catch {
    return `it keeps its tables in DuckDB, and the optional package ${duckdb} is not installed: npm install ${duckdb}`;
  }
}
