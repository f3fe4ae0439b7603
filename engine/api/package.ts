import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The nearest folder above that holds the package: two up from the build, one up from the sources. */
function packageFolder(from: string): string {
  let folder = dirname(fileURLToPath(from));
  while (dirname(folder) !== folder) {
    try {
      readFileSync(join(folder, 'package.json'));
      return folder;
    } catch {
      folder = dirname(folder);
    }
  }
  return folder;
}

/** Where `package.json`, `schemas` and `plans` lie. */
export const packageRoot = packageFolder(import.meta.url);

export function packageVersion(): string {
  const value: unknown = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8'));
  if (typeof value === 'object' && value !== null && 'version' in value) return String(value.version);
  return 'unknown';
}
