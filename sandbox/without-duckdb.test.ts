import { expect, it } from 'vitest';
import { withoutDuckdb } from './without-duckdb.ts';

it('says what to install when DuckDB is not there, and nothing when it is', () => {
  const none = () => {
    throw new Error('Cannot find module');
  };
  expect(withoutDuckdb()).toBeNull();
  expect(withoutDuckdb(none)).toBe(
    'it keeps its tables in DuckDB, and the optional package @duckdb/node-api is not installed: npm install @duckdb/node-api',
  );
});
