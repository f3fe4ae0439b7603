// Before npm packs: the types of the library, and no more of the declarations than they reach.
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, mkdtempSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const all = mkdtempSync(join(tmpdir(), 'loadplan-types-'));
const compiler = join(root, 'node_modules/typescript/bin/tsc');

try {
  execFileSync(process.execPath, [compiler, '-p', join(root, 'tsconfig.types.json'), '--outDir', all], {
    stdio: 'inherit',
  });
  for (const [file, text] of reached(join(all, 'engine/api/index.d.ts'))) {
    const target = join(root, 'dist', relative(all, file));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text.replaceAll(/(from '\.[^']+)\.ts'/g, "$1.js'"));
  }
} finally {
  rmSync(all, { recursive: true });
}

/** A declaration and all that it imports, with their texts. */
function reached(first) {
  const texts = new Map();
  for (const left = [first]; left.length > 0;) {
    const file = left.pop();
    if (texts.has(file)) continue;
    const text = readFileSync(file, 'utf8');
    texts.set(file, text);
    const imported = [...text.matchAll(/from '(\.[^']+)\.ts'/g)];
    left.push(...imported.map(([, path]) => resolve(dirname(file), `${path}.d.ts`)));
  }
  return texts;
}
