import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';

/** Compares with `listeners/golden/<name>`; `UPDATE_GOLDEN=1` writes it anew. */
export function expectGolden(name: string, found: string): void {
  const file = join(import.meta.dirname, '..', 'golden', name);
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(file, found);
  expect(found).toBe(readFileSync(file, 'utf8'));
}
